import type { VerifyEntraToken } from '../callers/verifyEntraToken.ts';
import type { Deliveries } from '../ledger/deliveries.ts';
import type { KeyedHolds } from '../ledger/keyedHolds.ts';
import type { SecretReader } from '../secrets/secretReader.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import type { RefusalSums } from '../telemetry/refusalSums.ts';
import type { ParsedWebhookSources } from './parseWebhookSources.ts';
import type { KeyState } from './planHolds.ts';
import type { Turns } from './takeTurn.ts';

/** What the webhook door works with. */
export interface WebhookParts {
  readonly parts: ServiceParts;
  readonly configured: ParsedWebhookSources;
  readonly secrets: SecretReader;
  readonly verifyEntra: VerifyEntraToken;
  readonly keyedHolds: KeyedHolds<KeyState>;
  readonly deliveries: Deliveries;
  readonly refusals: RefusalSums;
  /** What each source has left of its rate, in this process. */
  readonly turns: Map<string, Turns>;
}
