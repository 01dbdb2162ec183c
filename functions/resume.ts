import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('resume', {
  methods: ['POST'],
  route: 'resume',
  ...behindRole('Reports.Pause', (doors, composed, request) => doors.resumeDoor(composed, request)),
});
