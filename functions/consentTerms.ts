import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('consentTerms', {
  methods: ['GET'],
  route: 'accounts/{account}/consent',
  ...behindRole(
    'Intermission.Consent',
    (doors, composed, _request, params) => doors.consentTermsDoor(composed, params['account'] ?? ''),
    'admin',
  ),
});
