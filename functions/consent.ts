import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('consent', {
  methods: ['POST'],
  route: 'accounts/{account}/consent',
  ...behindRole(
    'Intermission.Consent',
    (doors, composed, request, params) => doors.consentDoor(composed, request, params['account'] ?? ''),
    'admin',
  ),
});
