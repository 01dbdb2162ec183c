import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('continueRun', {
  methods: ['POST'],
  route: 'runs/{runId}/continue',
  ...behindRole('Intermission.Operate', (doors, composed, _request, params) =>
    doors.continueRunDoor(composed, params['runId'] ?? ''),
  ),
});
