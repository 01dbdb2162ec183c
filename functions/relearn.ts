import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('relearn', {
  methods: ['POST'],
  route: 'accounts/{account}/relearn',
  ...behindRole('Intermission.Operate', (doors, composed, request, params) =>
    doors.relearnDoor(composed, request, params['account'] ?? ''),
  ),
});
