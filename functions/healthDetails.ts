import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('healthDetails', {
  methods: ['GET'],
  route: 'health/details',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.healthDetailsDoor(composed, request)),
});
