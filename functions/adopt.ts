import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('adopt', {
  methods: ['POST'],
  route: 'adopt',
  ...behindRole('Intermission.Operate', (doors, composed, request) => doors.adoptDoor(composed, request)),
});
