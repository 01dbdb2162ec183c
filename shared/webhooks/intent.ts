/** What one event of a webhook asks for. */
export type Intent = PauseIntent | ResumeIntent | IgnoreIntent;

export interface AnyIntent {
  /**
   * Which maintenance this is about: the source's name and the sender's own name of it. Stable over all that the
   * sender says about it; a pause replaces what the key held before, a resume ends it. Where the sender names nothing, one
   * key stands for all of the source. Visible ASCII.
   */
  readonly key: string;
  /** The same for the same event, whenever and however often it comes. Visible ASCII. */
  readonly deliveryId: string;
  /** When the sender said it. Orders what is said about a key: see `settleStatement`. */
  readonly saidAtMs: number;
  /** Orders what was said in the same instant: an end comes after a pause. */
  readonly rank: number;
  /** Safe to show and to log. */
  readonly reason: string;
}

export interface PauseIntent extends AnyIntent {
  readonly action: 'pause';
  /** May be ahead: then it is a maintenance to come. */
  readonly fromMs: number;
  /** Exclusive, after `fromMs` and after now. */
  readonly untilMs: number;
  /** Who set the end: the sender, or the source's default, or its maximum because the sender named a later one. */
  readonly untilBy: 'sender' | 'default' | 'maximum';
  /** UUIDs in lower case, at most the source's `maxReports`; null means every report that the source may touch. */
  readonly reportIds: readonly string[] | null;
  /** Ids that the sender named and the source may not touch. */
  readonly deniedReportIds: readonly string[];
  /** True where the sender names the maintenance: then this is all of it, and what its key held beside these ends. */
  readonly isWholeKey: boolean;
}

export interface ResumeIntent extends AnyIntent {
  readonly action: 'resume';
  /** Whose holds of the key end; null ends all of them. */
  readonly reportIds: readonly string[] | null;
  /** `over_already`: the sender told of a pause whose end has come, which ends what it said before. */
  readonly because: 'asked' | 'over_already';
}

/** Proven, understood as far as it goes, and nothing to act on. What it is about is known only where it says so. */
interface IgnoreIntent {
  readonly action: 'ignore';
  readonly because: IgnoredBecause;
  readonly key: string | null;
  readonly deliveryId: string | null;
}

export type IgnoredBecause =
  | 'asked_to_ignore'
  | 'mode_off'
  | 'no_condition'
  | 'not_for_us'
  | 'not_maintenance'
  | 'observe_mode'
  | 'other_alerts_not_taken'
  | 'out_of_scope'
  | 'subscription_deleted'
  | 'unmapped_action';

/** Why an event was not understood. Stable: people search for these words. */
export type PayloadRefusal =
  | 'bad_field'
  | 'foreign_payload'
  | 'instant_out_of_range'
  | 'missing_field'
  | 'not_json'
  | 'report_not_allowed'
  | 'said_ahead_of_time'
  | 'said_too_long_ago'
  | 'too_many_events'
  | 'too_many_reports'
  | 'too_much_said'
  | 'unknown_stage'
  | 'unmapped_value';

/** One event's outcome. `field` names where, in our own words or as a JSON pointer of the configuration. */
export type Mapped =
  | { readonly ok: true; readonly intent: Intent }
  | { readonly ok: false; readonly code: PayloadRefusal; readonly field: string | null };

/** An event that proved itself and asks for nothing here. */
export function ignored(
  because: IgnoredBecause,
  { key, deliveryId }: { readonly key: string | null; readonly deliveryId: string | null } = NOBODY_SAYS,
): Mapped {
  return { ok: true, intent: { action: 'ignore', because, key, deliveryId } };
}

const NOBODY_SAYS = { key: null, deliveryId: null };

/** A refusal of one event. */
export function notMapped(code: PayloadRefusal, field: string | null = null): Extract<Mapped, { ok: false }> {
  return { ok: false, code, field };
}
