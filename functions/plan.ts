import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('plan', {
  methods: ['GET'],
  route: 'plan',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.planDoor(composed, request)),
});
