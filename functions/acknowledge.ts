import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('acknowledge', {
  methods: ['POST'],
  route: 'acknowledge',
  ...behindRole('Intermission.Operate', (doors, composed, request) =>
    doors.acknowledgeDoor(composed, request),
  ),
});
