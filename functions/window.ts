import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('window', {
  methods: ['GET'],
  route: 'windows/{window}',
  ...behindRole('Reports.Read', (doors, composed, request, params) =>
    doors.windowDoor(composed, request, params['window'] ?? ''),
  ),
});
