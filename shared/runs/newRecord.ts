import { createHash, randomUUID } from 'node:crypto';
import type { QuotaRefusal } from '../service/holdQuota.ts';
import type { DoorCall } from '../service/serviceParts.ts';
import type { RunRecord, Work } from './runRecord.ts';
import type { RequestKey } from './submitRun.ts';

export interface Input {
  readonly work: Work;
  readonly reportIds: readonly string[];
  readonly key: RequestKey | null;
  readonly respondAsync: boolean;
  /** Asked of a request that is no repeat: null where it may begin. */
  readonly refuse: () => Promise<QuotaRefusal | null>;
  readonly call: DoorCall;
}

/** SHA-256 in hexadecimal: what is stored in place of a token, a key or a body. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function newRecord(
  nowMs: number,
  { work, reportIds, call }: { work: Work; reportIds: readonly string[]; call: DoorCall },
): RunRecord {
  const { correlationId, caller, callerName } = call;
  return {
    ...{
      runId: randomUUID(),
      correlationId,
      caller,
      ...(callerName === undefined ? {} : { callerName }),
      work,
      place: null,
      state: 'working',
      startedMs: nowMs,
      busyUntilMs: 0,
      nextMs: nowMs,
    },
    ...{
      doneMs: null,
      isHeld: work.door === 'resume',
      total: reportIds.length,
      cursor: 0,
      resultRows: 0,
      fruitlessTries: 0,
      problems: [],
      summary: {},
      undone: 0,
    },
  };
}
