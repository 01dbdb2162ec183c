import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('me', {
  methods: ['GET'],
  route: 'me',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.meDoor(composed, request)),
});
