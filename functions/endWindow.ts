import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('endWindow', {
  methods: ['POST'],
  route: 'windows/{window}/end',
  ...behindRole('Intermission.Operate', (doors, composed, request, params) =>
    doors.endWindowDoor(composed, request, params['window'] ?? ''),
  ),
});
