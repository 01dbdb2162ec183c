import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('exemptions', {
  methods: ['GET'],
  route: 'exemptions',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.exemptionsDoor(composed, request)),
});
