import { actForDoor, nothingDone } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import type { AcknowledgeRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/**
 * A person's word that reports are nothing of ours to look after: doubt, ownership and net end together, and the reports stay as
 * they are. Nothing is paused or resumed by it.
 */
export function acknowledgeReports(
  parts: ServiceParts,
  request: AcknowledgeRequest,
  call: DoorCall,
): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(
    parts,
    { door: 'acknowledge', account: request.account, call, frame, why: request.reason },
    async (runtime) => {
      const { reportIds, reason } = request;
      if (parts.mode === 'off') {
        const message = 'MODE is off: nothing is looked after';
        return nothingDone(reportIds, { code: 'mode_forbids', message });
      }
      const { accountKey } = runtime;
      const { ownerships } = await parts.ledger.read(accountKey);
      const word = { whose: 'theirs', by: whoAsked(call), why: reason, atMs: frame.startedMs } as const;
      const owned = reportIds.filter((reportId) => ownerships.has(reportId));
      await parts.ledger.putStatements(
        accountKey,
        owned.map((reportId) => ({ reportId, ...word })),
      );
      return actForDoor(parts, { runtime, reportIds, frame, call });
    },
  );
}
