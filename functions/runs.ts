import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('runs', {
  methods: ['GET'],
  route: 'runs',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.runsDoor(composed, request)),
});
