import type { TokenRefusal } from '../callers/verifyEntraToken.ts';
import type { ReadSecrets } from './readSecrets.ts';

/** One request to a webhook door, as any host can hand it over. */
export interface Delivery {
  /** Headers whatever the case of their names, as the global `Headers` has them. */
  readonly headers: { get(name: string): string | null };
  /** The body exactly as it came: a signature is over these bytes. */
  readonly body: Uint8Array;
  readonly query: URLSearchParams;
}

/** What a check of authenticity looks at. */
export interface DeliveryCheck {
  readonly delivery: Delivery;
  readonly secrets: ReadSecrets;
  readonly nowMs: number;
}

/** Why a delivery was refused. For our own events only: the sender is told nothing of it. */
export type RefusedBecause =
  | TokenRefusal
  | 'bad_delivery_id'
  | 'bad_timestamp'
  | 'missing_header'
  | 'no_matching_secret'
  | 'no_token'
  | 'no_usable_secret'
  | 'origin_not_allowed'
  | 'stale'
  | 'timestamp_ahead'
  | 'too_large'
  | 'token_wrong_sender'
  | 'too_many_signatures';

/** The outcome of a check of authenticity. */
export type Verified =
  | {
      readonly ok: true;
      /** The sender's id of the delivery where it is signed, else null: then the payload's own ids are all there is. */
      readonly deliveryId: string | null;
      /** When the sender sent it, signed; null where the way of proving says nothing about when. */
      readonly timestampMs: number | null;
    }
  | RefusedDelivery;

export interface RefusedDelivery {
  readonly ok: false;
  readonly because: RefusedBecause;
}

/** A refusal. */
export function refused(because: RefusedBecause): RefusedDelivery {
  return { ok: false, because };
}
