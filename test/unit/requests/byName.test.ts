import { z } from 'zod';
import { createWorld, type ProcessUnderTest, reportId, type World } from '../../requests/world.ts';

const NAMES = ['Sales daily', 'Sales weekly', 'sales archive', 'Usage', 'Usage', 'Churn'];
const [DAILY, WEEKLY, ARCHIVE, USAGE, OTHER_USAGE, CHURN] = NAMES.map((_, at) => reportId(at + 1));

const resultsShape = z.object({
  results: z.array(z.object({ reportId: z.string(), outcome: z.string() })),
});
const cameTo = (body: unknown) =>
  resultsShape.parse(body).results.map(({ reportId: id, outcome }) => `${Number(id.slice(-2))} ${outcome}`);
const SALES = { reports: { namePattern: 'Sales*' }, duration: 'PT4H' };

function namedWorld(): { readonly world: World; readonly process: ProcessUnderTest } {
  const world = createWorld({ reports: NAMES.length });
  NAMES.forEach((name, at) => {
    world.insights.names.set(reportId(at + 1), name);
  });
  return { world, process: world.startProcess('one') };
}

const holdsIn = ({ tables }: World) => tables.dump().match(/"rowKey":"hold\|/g)?.length ?? 0;

/** Somebody makes a report that the pattern means, and the last read is shown no longer. */
async function oneMore(world: World): Promise<void> {
  world.insights.statuses.set(reportId(50), 'Active');
  world.insights.names.set(reportId(50), 'Sales of the new region');
  await world.time.runUntil(world.time.now() + 60_000);
}

describe('reports by name', () => {
  test('a pause and a resume mean what a window of the same words means', async () => {
    const { world, process } = namedWorld();

    const paused = await world.settle(process.post('pause', SALES));
    expect(paused.status).toBe(200);
    expect(cameTo(paused.body)).toEqual(['1 paused', '2 paused', '3 paused']);
    const resumed = await world.settle(process.post('resume', { reports: { namePattern: 'SALES ?????' } }));
    expect(cameTo(resumed.body)).toEqual(['1 resumed']);
    const rest = await world.settle(process.post('resume', { reports: { all: true } }));
    expect(cameTo(rest.body).filter((one) => one.endsWith('resumed'))).toEqual(['2 resumed', '3 resumed']);
    const byQuery = { reports: { queryId: CHURN, namePattern: '*' }, duration: 'PT1H' };
    expect(cameTo((await world.settle(process.post('pause', byQuery))).body)).toEqual(['6 paused']);
    const ids = { reports: { ids: [USAGE?.toUpperCase()] } };
    expect(cameTo((await world.settle(process.post('pause', ids))).body)).toEqual(['4 paused']);
  });

  test('a whole name is that of one report', async () => {
    const { world, process } = namedWorld();

    const one = await world.settle(
      process.post('pause', { reports: { namePattern: 'churn' }, duration: 'PT1H' }),
    );
    const several = await world.settle(
      process.post('pause', { reports: { namePattern: 'usage' }, duration: 'PT1H' }),
    );

    expect(cameTo(one.body)).toEqual(['6 paused']);
    expect(several).toMatchObject({ status: 409, body: { code: 'ambiguous_name' } });
    expect(several.body).toMatchObject({
      candidates: [
        { reportId: USAGE, reportName: 'Usage' },
        { reportId: OTHER_USAGE, reportName: 'Usage' },
      ],
    });
    expect(holdsIn(world)).toBe(1);
  });

  test.each(['pause', 'resume'])(
    'a %s that means none does nothing, and says whose names are near',
    async (path) => {
      const { world, process } = namedWorld();
      await world.settle(process.get('reports'));
      const before = world.tables.dump();

      const end = path === 'pause' ? { duration: 'PT1H' } : {};
      const answer = await world.settle(
        process.post(path, { reports: { namePattern: 'Sails dayly' }, ...end }),
      );
      const far = await world.settle(process.post(path, { reports: { namePattern: 'Xyz*' }, ...end }));

      expect(answer).toMatchObject({ status: 404, body: { code: 'no_report_matches' } });
      expect(answer.body).toMatchObject({ candidates: [{ reportId: DAILY, reportName: 'Sales daily' }] });
      expect(far.body).toMatchObject({ code: 'no_report_matches', candidates: [] });
      expect([world.tables.dump(), world.messages.length]).toEqual([before, 0]);
    },
  );

  test.each<[string, object, string]>([
    ['all, without an end', { reports: { all: true } }, '/until'],
    ['a pattern, without an end', { reports: { namePattern: 'Sales*' } }, '/until'],
    [
      'a pattern that is all and does not say so',
      { ...SALES, reports: { namePattern: '*' } },
      '/reports/namePattern',
    ],
    ['nothing', { ...SALES, reports: {} }, '/reports'],
    ['two ways at once', { ...SALES, reports: { all: true, ids: [DAILY] } }, '/reports'],
    ['ids beside it', { ...SALES, reportIds: [DAILY] }, '/reportIds'],
    ['neither', { duration: 'PT1H' }, '/reportIds'],
    ['what is no property', { ...SALES, reports: { all: true, name: 'Sales*' } }, '/reports/name'],
    ['an id that is none', { ...SALES, reports: { ids: ['Sales'] } }, '/reports/ids/0'],
  ])('a pause is refused that names %s', async (_, body, pointer) => {
    const { world, process } = namedWorld();

    const answer = await world.settle(process.post('pause', body));

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(world.insights.calls).toHaveLength(0);
  });

  test('more than one request may mean are refused as a whole', async () => {
    const { world } = namedWorld();
    const process = world.startProcess('small', { MAX_REPORTS_PER_REQUEST: '2' });

    const answer = await world.settle(process.post('pause', SALES));

    expect(answer).toMatchObject({ status: 422, body: { code: 'too_many_reports_match' } });
    expect(holdsIn(world)).toBe(0);
  });

  test('an account that there is not, or that cannot be read, is said to be so', async () => {
    const { world, process } = namedWorld();

    const unknown = await world.settle(process.post('pause', { ...SALES, account: 'other' }));
    world.insights.send = async () => ({
      ...{ kind: 'answered', status: 403, reasonPhrase: '', headers: new Map(), text: '' },
    });
    const unread = await world.settle(process.post('pause', SALES));

    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
    expect(unread).toMatchObject({ status: 502, body: { code: 'forbidden' } });
  });

  test('a repeat by key gets the first answer, also where the pattern means more by then', async () => {
    const { world, process } = namedWorld();
    const asked = { ...SALES, requestId: 'change-1' };

    const first = await world.settle(process.post('pause', asked));
    await oneMore(world);
    const again = await world.settle(process.post('pause', asked));

    expect(again).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(world.insights.statuses.get(reportId(50))).toBe('Active');
  });

  test('a repeat without a key takes in what has come since, and holds none of the others twice', async () => {
    const { world, process } = namedWorld();

    await world.settle(process.post('pause', SALES));
    await oneMore(world);
    const again = await world.settle(process.post('pause', SALES));

    expect(cameTo(again.body)).toEqual([
      '1 alreadyPaused',
      '2 alreadyPaused',
      '3 alreadyPaused',
      '50 paused',
    ]);
    expect(holdsIn(world)).toBe(4);
  });

  test('a resume of all passes over nothing of ours: what runs once, what is not shown, what is called otherwise', async () => {
    const { world, process } = namedWorld();
    world.insights.executeNow.add(CHURN ?? '');
    await world.settle(process.post('pause', { reportIds: [CHURN, ARCHIVE, DAILY] }));
    expect(
      await world.settle(process.post('pause', { ...SALES, reports: { namePattern: 'Churn*' } })),
    ).toMatchObject({
      status: 404,
    });
    world.insights.names.set(DAILY ?? '', 'Renamed');
    const { send } = world.insights;
    world.insights.send = async (name, request) => {
      const exchange = await send(name, request);
      const isList =
        request.method === 'GET' && !/[0-9a-f-]{36}/.test(request.url.pathname + request.url.search);
      if (!isList || exchange.kind !== 'answered') return exchange;
      const page: { value: { reportId: string }[] } = JSON.parse(exchange.text);
      const value = page.value.filter((one) => one.reportId !== ARCHIVE);
      return { ...exchange, text: JSON.stringify({ ...page, value }) };
    };
    await world.time.runUntil(world.time.now() + 60_000);

    const answer = await world.settle(process.post('resume', { reports: { all: true } }));

    const resumed = cameTo(answer.body).filter((one) => one.endsWith('resumed'));
    expect(resumed.sort()).toEqual(['1 resumed', '3 resumed', '6 resumed']);
    expect(world.insights.statuses.get(WEEKLY ?? '')).toBe('Active');
  });

  test('a pause goes by no old list, also where a run is on the account', async () => {
    const { world, process } = namedWorld();
    await world.settle(process.get('reports'));
    await oneMore(world);
    world.insights.latencyInMs = 10_000;
    const running = process.post('pause', { reportIds: [DAILY, WEEKLY, ARCHIVE] });
    await world.time.runUntil(world.time.now() + 20_000);

    const paused = await world.settle(process.post('pause', SALES));

    expect(cameTo(paused.body)).toContain('50 paused');
    expect(await world.settle(running)).toMatchObject({ status: 200 });
  });

  test('a dry run says which reports are meant', async () => {
    const { world, process } = namedWorld();

    const answer = await world.settle(process.post('pause?dryRun=true', SALES));

    expect(cameTo(answer.body)).toEqual(['1 paused', '2 paused', '3 paused']);
    expect(holdsIn(world)).toBe(0);
  });
});
