import { app } from '@azure/functions';
import { behindRole } from './behindRole.ts';

app.http('accounts', {
  methods: ['GET'],
  route: 'accounts',
  ...behindRole('Reports.Read', (doors, composed) => doors.accountsDoor(composed)),
});
