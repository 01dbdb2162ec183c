import type { RefusalSums } from '../telemetry/refusalSums.ts';
import type { EntraRule, VerifyEntraToken } from './verifyEntraToken.ts';

/** How callers prove who they are, by the settings. */
export type CallerCheck =
  /** The host asks for a function key before it calls us. */
  | { readonly kind: 'keys' }
  /** We verify a token of the tenant. */
  | {
      readonly kind: 'entra';
      readonly rule: EntraRule;
      readonly verify: VerifyEntraToken;
      readonly refusals: RefusalSums;
    }
  /** The settings do not say. */
  | { readonly kind: 'unknown' };
