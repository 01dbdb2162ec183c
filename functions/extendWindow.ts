import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('extendWindow', {
  methods: ['POST'],
  route: 'windows/{window}/extend',
  ...behindRole('Intermission.Operate', (doors, composed, request, params) =>
    doors.extendWindowDoor(composed, request, params['window'] ?? ''),
  ),
});
