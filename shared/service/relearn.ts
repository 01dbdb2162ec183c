import type { ReportEvent } from '../deciding/reportEvent.ts';
import { type AccountFacts, encodeRow, noFacts, rowKeys } from '../ledger/ledgerRows.ts';
import { accountFacts } from '../running/eventFacts.ts';
import { dropNotes, noteWrite } from '../running/notes.ts';
import { failureOf, nothingDone } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import { accountBusy, holdWithin } from './holdWithin.ts';
import type { RelearnRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/**
 * Forgets what was learned of how an account's API behaves, so that it is learned anew from what is seen from now on: after the
 * service changed, or where one odd spell taught something that is wrong. No ownership, hold or doubt is touched.
 */
export function relearnAccount(parts: ServiceParts, request: RelearnRequest, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  const door = { door: 'relearn', account: request.account, call, frame, why: request.reason } as const;
  return doorRun(parts, door, async ({ account, accountKey, gate }) => {
    // A run that is under way would write down again what it knew when it began.
    const held = await holdWithin(parts, accountKey, frame.deadlineMs);
    if (held === null) {
      return nothingDone([], accountBusy);
    }
    const event: ReportEvent = {
      ...{ name: 'AccountRelearned', reportId: '', reportName: '' },
      detail: `${whoAsked(call)}: ${request.reason}`,
    };
    try {
      const facts = forgotten(await parts.ledger.facts(accountKey));
      await held.writer.write([
        { kind: 'put', row: encodeRow(accountKey, rowKeys.facts, facts) },
        noteWrite(accountKey, event),
      ]);
      gate.learning.forget();
      call.teller.telemetry?.event('AccountRelearned', {
        ...{ runId: frame.runId, correlationId: call.correlationId, reportId: '', reportName: '' },
        ...accountFacts(account, accountKey),
        detail: event.detail,
      });
      // It is done and told: where the note of that cannot be taken away now, the next run tells it once more and does.
      await failureOf(() => dropNotes(held, [event]));
    } finally {
      await held.release();
    }
    return { results: [], ran: null, events: [event], obstacle: null };
  });
}

/** Facts of an account without what was learned and what it would be learned from. When alarms were told stays. Pure. */
export function forgotten({ told }: AccountFacts): AccountFacts {
  return { ...noFacts, told };
}
