import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('reportHistory', {
  methods: ['GET'],
  route: 'reports/{reportId}/history',
  ...behindRole('Reports.Read', (doors, composed, request, params) =>
    doors.reportHistoryDoor(composed, request, params['reportId'] ?? ''),
  ),
});
