import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('run', {
  methods: ['GET'],
  route: 'runs/{runId}',
  ...behindRole('Reports.Read', (doors, composed, _request, params) =>
    doors.runDoor(composed, params['runId'] ?? ''),
  ),
});
