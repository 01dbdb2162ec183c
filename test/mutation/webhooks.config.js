// Mutation testing of what proves that a webhook comes from its source.
import { partOf } from './partOf.js';

export default partOf('webhooks', {
  mutate: ['shared/webhooks/{read,verify}*.ts'],
  without: ['events.test.ts', 'keyHolds.test.ts'],
});
