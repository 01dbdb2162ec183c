import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('windowReady', {
  methods: ['GET'],
  route: 'windows/{window}/ready',
  ...behindRole('Reports.Read', (doors, composed, request, params) =>
    doors.windowReadyDoor(composed, request, params['window'] ?? ''),
  ),
});
