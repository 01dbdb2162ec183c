import type { Fault, WindowProblemCode } from '../windows/windowProblem.ts';

/** Every fault and warning a webhook source's configuration can have. Stable: people search for these words. */
export type WebhookProblemCode =
  | WindowProblemCode
  | 'bad_action_value'
  | 'default_over_maximum'
  | 'no_key_vault'
  | 'no_replay_protection'
  | 'shared_proof'
  | 'unknown_region';

/** One thing that is wrong with one source, told so that a person can put it right. */
export interface WebhookProblem {
  /** The source's name, as far as it could be read. */
  readonly source: string | null;
  /** JSON pointer (RFC 6901) of the field in the list of sources. */
  readonly pointer: string;
  readonly code: WebhookProblemCode;
  /** What is wrong and what to do. */
  readonly message: string;
  /** An error makes the source refuse every delivery. A warning leaves it working. */
  readonly severity: 'error' | 'warning';
}

/** A problem before it is known whose it is; `path` is relative to the source. */
export interface SourceFault extends Omit<Fault, 'code'> {
  readonly code: WebhookProblemCode;
}

/** What the parser of one source gives: the value, maybe with warnings, or at least one error. */
export type ParsedPart<T> =
  | { readonly ok: true; readonly value: T; readonly faults: readonly SourceFault[] }
  | { readonly ok: false; readonly faults: readonly SourceFault[] };
