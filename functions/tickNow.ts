import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('tickNow', {
  methods: ['POST'],
  route: 'tick',
  ...behindRole('Intermission.Operate', (doors, composed, request) => doors.tickDoor(composed, request)),
});
