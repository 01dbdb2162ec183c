import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('pause', {
  methods: ['POST'],
  route: 'pause',
  ...behindRole('Reports.Pause', (doors, composed, request) => doors.pauseDoor(composed, request)),
});
