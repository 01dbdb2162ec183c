import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('exempt', {
  methods: ['POST'],
  route: 'exemptions',
  ...behindRole('Intermission.Operate', (doors, composed, request) =>
    doors.makeExemptionDoor(composed, request),
  ),
});
