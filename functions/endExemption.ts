import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('endExemption', {
  methods: ['POST'],
  route: 'exemptions/{exemption}/end',
  ...behindRole('Intermission.Operate', (doors, composed, request, params) =>
    doors.endExemptionDoor(composed, request, params['exemption'] ?? ''),
  ),
});
