import { z } from 'zod';
import { createWorld, type ProcessUnderTest, reportId, type World } from '../../requests/world.ts';

const answerShape = z.object({
  reports: z.array(z.object({ account: z.string(), reportId: z.string() })),
  continuation: z.string().nullable(),
});
const NUMBERS = [1, 2, 3, 4, 5];

/** The numbers of the reports that are told, and where the list goes on. */
async function list({ settle }: World, process: ProcessUnderTest, query = '') {
  const { status, body } = await settle(process.get(`reports${query}`));
  if (status !== 200) return { status, body };
  const { reports, continuation } = answerShape.parse(body);
  return { told: reports.map((one) => Number(one.reportId.slice(-2))), continuation };
}

async function mixedWorld() {
  const world = createWorld({ reports: NUMBERS.length });
  world.insights.names.set(reportId(4), 'Sales of March').set(reportId(5), 'sales of April');
  world.insights.statuses.set(reportId(3), 'Paused').set(reportId(5), 'Inactive');
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: [reportId(2)] }));
  return { world, process };
}

describe('the list of reports', () => {
  test.each<[string, readonly number[]]>([
    ['', NUMBERS],
    ['?status=Paused', [2, 3]],
    ['?status=inactive', [5]],
    ['?held=true', [2]],
    ['?held=false&status=Paused', [3]],
    ['?name=sales*', [4, 5]],
    ['?name=Sales+of+March', [4]],
    ['?name=sales*&status=Active', [4]],
    ['?account=default&name=nothing', []],
  ])('narrowed by %j', async (query, told) => {
    const { world, process } = await mixedWorld();

    const shown = await list(world, process, query);

    expect({ ...shown, told: shown.told?.toSorted() }).toEqual({ told, continuation: null });
  });

  test('comes in pages that together are the whole, also where reports come and go', async () => {
    const { world, process } = await mixedWorld();

    const first = await list(world, process, '?limit=2');
    expect(first).toEqual({ told: [1, 2], continuation: expect.any(String) });
    world.insights.statuses.delete(reportId(2));
    world.insights.statuses.set(reportId(6), 'Active');
    await world.time.runUntil(world.time.now() + 60_000);
    const second = await list(world, process, `?limit=2&continuation=${first.continuation}`);
    expect(second).toEqual({ told: [3, 4], continuation: expect.any(String) });
    const third = await list(world, process, `?limit=2&continuation=${second.continuation}`);
    expect(third).toEqual({ told: [5, 6], continuation: null });
    // The page is that of what is asked for, and not of all.
    expect(await list(world, process, '?limit=1&name=sales*')).toMatchObject({ told: [4] });
    expect(await list(world, process, '?limit=5&status=Active')).toEqual({
      told: [1, 4, 6],
      continuation: null,
    });
  });

  test('goes on from account to account', async () => {
    const world = createWorld({ reports: 3 });
    const account = {
      surface: 'mpn',
      signIn: { mode: 'managedIdentity' },
    };
    const names = ['zulu', 'alpha'];
    const ACCOUNTS = JSON.stringify(
      names.map((name, at) => ({
        ...account,
        name,
        tenantId: `${at + 2}1111111-1111-4111-8111-111111111111`,
      })),
    );
    const process = world.startProcess('one', { ACCOUNTS, TENANT_ID: '' });
    const places: string[] = [];

    let continuation: string | null = null;
    do {
      const query: string = continuation === null ? '' : `&continuation=${continuation}`;
      const answer = await world.settle(process.get(`reports?limit=2${query}`));
      const page = answerShape.parse(answer.body);
      places.push(...page.reports.map((one) => `${one.account} ${Number(one.reportId.slice(-2))}`));
      continuation = page.continuation;
    } while (continuation !== null);

    expect(places).toEqual(['alpha 1', 'alpha 2', 'alpha 3', 'zulu 1', 'zulu 2', 'zulu 3']);
  });

  test.each([
    ...[
      '?status=Off',
      '?status=',
      '?held=yes',
      '?name=',
      `?name=${'x'.repeat(257)}`,
      '?limit=0',
      '?limit=1001',
    ],
    ...['?limit=many', '?continuation=', '?continuation=bm9uZQ', '?continuation=!'],
  ])('is refused with what cannot be used: %j', async (query) => {
    const { world, process } = await mixedWorld();

    expect(await list(world, process, query)).toMatchObject({ status: 400, body: { code: 'invalid_query' } });
  });
});
