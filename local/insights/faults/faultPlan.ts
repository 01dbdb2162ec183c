import type { Answer } from '../http/answer.ts';
import type { OperationCall } from '../operations/operationCall.ts';
import type { World } from '../state/world.ts';

/** How a request ends on the wire. */
export type Outcome =
  | { kind: 'answer'; answer: Answer }
  /** Half of the body: with its own length, or with the connection cut. */
  | { kind: 'truncated'; answer: Answer; cutConnection: boolean }
  /** A TCP reset instead of an answer. */
  | { kind: 'reset' }
  /** No answer until one side closes. */
  | { kind: 'hang' };

/** What a fault sees of the request that it befalls. */
export interface FaultSubject {
  call: OperationCall;
  correlationId: string;
}

/**
 * What a fault does around an operation, in this order: wait, `before`, then either `instead` or the operation (in
 * `world`, if given) followed by `after`, then wait again.
 */
export interface FaultPlan {
  delayBeforeInMs?: number;
  before?(): void;
  instead?(): Outcome;
  world?: World;
  after?(answer: Answer): Outcome;
  delayAfterInMs?: number;
}
