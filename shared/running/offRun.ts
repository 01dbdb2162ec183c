import { decideNow } from './decideAccount.ts';
import type { AccountRun } from './runAccount.ts';
import type { RunContext } from './runContext.ts';

/** `MODE=off` looks at the ledger alone, so that what is owned can be alarmed. */
export async function offRun(run: RunContext): Promise<AccountRun> {
  const snapshot = await run.ledger.read(run.accountKey);
  const decided = await decideNow(run, await run.readWindows(snapshot), snapshot, new Map());
  return {
    ...{ kind: 'ran', results: [], events: [], failure: null, decided, snapshot },
    ...{ observations: new Map(), listFailure: null },
  };
}
