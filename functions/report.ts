import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('report', {
  methods: ['GET'],
  route: 'reports/{reportId}',
  ...behindRole('Reports.Read', (doors, composed, request, params) =>
    doors.reportDoor(composed, request, params['reportId'] ?? ''),
  ),
});
