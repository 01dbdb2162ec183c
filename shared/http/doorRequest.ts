import { randomUUID } from 'node:crypto';
import type { Caller } from '../callers/caller.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { DoorCall } from '../service/serviceParts.ts';
import type { Teller } from '../telemetry/teller.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { Composed } from './composed.ts';

/** A request as any host can hand it over. */
export interface DoorRequest {
  readonly url: URL;
  readonly body: Uint8Array;
  header(name: string): string | null;
  readonly teller: Teller;
  readonly caller: Caller;
}

/** The service, ready to work. */
export type Ready = Extract<Composed, { ok: true }>;

/** Works with the service, or answers why there is none: settings that are wrong, a ledger out of reach. */
export async function withService(
  composed: Composed,
  work: (ready: Ready) => Promise<Answer>,
): Promise<Answer> {
  if (!composed.ok) {
    return problemAnswer(500, {
      code: 'config_invalid',
      title: 'The app settings are invalid, so nothing was done; GET /api/health/details names them.',
    });
  }
  try {
    return await work(composed);
  } catch (error) {
    const { code } = asLedgerError(error);
    const title =
      'The ledger could not be read or written. Nothing was sent to Partner Center; what was written down before goes on by itself.';
    return problemAnswer(503, { code, title }, { 'retry-after': '60' });
  }
}

/** What the service is told of the call. */
export function callOf(request: DoorRequest): DoorCall {
  const { id, name } = request.caller;
  return {
    correlationId: correlationIdOf(request),
    caller: id,
    ...(name === null ? {} : { callerName: name }),
    teller: request.teller,
    runId: null,
  };
}

/** The caller's own correlation id where it is one, else a new one. */
export function correlationIdOf(request: Pick<DoorRequest, 'header'>): string {
  const given = request.header('x-correlation-id');
  return given !== null && /^[0-9a-f-]{36}$/i.test(given) ? given : randomUUID();
}

/** How the caller wants a run that is not wholly done to be answered. */
export function runOptions({ url }: DoorRequest): { failOnPartial: boolean } {
  return { failOnPartial: url.searchParams.get('failOnPartial') === 'true' };
}
