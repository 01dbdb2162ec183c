import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('occurrences', {
  methods: ['GET'],
  route: 'occurrences',
  ...behindRole('Reports.Read', (doors, composed, request) => doors.occurrencesDoor(composed, request)),
});
