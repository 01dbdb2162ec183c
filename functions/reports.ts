import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('reports', {
  methods: ['GET'],
  route: 'reports',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.reportsDoor(composed, request)),
});
