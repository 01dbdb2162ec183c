import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('windows', {
  methods: ['GET'],
  route: 'windows',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.windowsDoor(composed, request)),
});
