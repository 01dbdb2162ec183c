import { createKeyedHolds } from '../../../shared/ledger/keyedHolds.ts';
import { createRequestOrder } from '../../../shared/ledger/requestOrder.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import { keyStateShape } from '../../../shared/webhooks/planHolds.ts';
import { reportIds } from '../../requests/world.ts';
import { createMemoryTables } from '../../simulation/memoryTables.ts';

const MANY = 5_000;

/** Holds that count how many of them were made ready to be written, and how many more by each call of the storage. */
function countingHolds() {
  let ready = 0;
  let readyBefore = 0;
  let most = 0;
  const holds = reportIds(MANY).map(
    (reportId): Hold => ({
      ...{ holdId: 'request.1', reportId, holder: { kind: 'request', caller: 'c' }, state: 'live', who: 'c' },
      get why() {
        ready += 1;
        return 'maintenance';
      },
      ...{ fromMs: 1, untilMs: null, onManualResume: 'respect', requestId: null, createdMs: 1, place: 1 },
      ended: null,
    }),
  );
  const around = async <Value>(call: () => Value): Promise<Value> => {
    most = Math.max(most, ready - readyBefore);
    readyBefore = ready;
    return call();
  };
  return { holds, around, most: () => most };
}

const state = { history: { said: [], forgottenUntilMs: null }, unfinished: [] };

test.each(['request', 'webhook'])(
  'the holds of a %s of thousands of reports are made ready some at a time, and all of them are written',
  async (of) => {
    const { holds, around, most } = countingHolds();
    const tables = createMemoryTables(() => 0);
    const open = async () => tables.open('Live', around);

    if (of === 'request') {
      await createRequestOrder(open).putHolds('account', { place: 1, isKeptOpen: false }, holds);
    } else {
      const key = { accountKey: 'account', holdId: 'request.1' };
      await createKeyedHolds(open, keyStateShape).change(key, () => ({ holds, state, unfinished: state }));
    }

    expect(tables.dump().match(/"rowKey":"hold\|/g)).toHaveLength(MANY);
    expect(most()).toBeLessThanOrEqual(1_000);
  },
);
