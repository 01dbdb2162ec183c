import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('drain', {
  methods: ['POST'],
  route: 'drain',
  ...behindRole('Intermission.Operate', (doors, composed, request) => doors.drainDoor(composed, request)),
});
