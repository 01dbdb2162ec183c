// A process that is stopped or killed in the middle of a request, the request made again elsewhere, and people who ask
// otherwise in between. What was asked last is what counts, and no pause of a person is ever resumed.
import { type PassingRequest, startProxy } from '../crash/startProxy.ts';
import type { Answered, AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { type OwnershipCloud, startOwnershipCloud } from './ownershipUnderTest.ts';
import { until } from './runsUnderTest.ts';
import { problemSchema, runSchema } from './wireShapes.ts';

jest.setTimeout(120_000);

const REPORTS = 12;
const MINUTE_IN_MS = 60_000;
/** Longer than the claim of a process on a request, and than its lease of the account. */
const LATER_IN_MS = 5 * MINUTE_IN_MS;

/** Where a process may be stopped: right before it writes this. */
const points = {
  record: ({ path, body }: PassingRequest) => /IntermissionRuns/.test(path + body) && /"run"/.test(body),
  holds: ({ body }: PassingRequest) => /hold(\||%7C)b0000000/i.test(body),
  endOfHolds: ({ body }: PassingRequest) => /ended(\||%7C)b0000000/i.test(body),
  intent: ({ path, body }: PassingRequest) => /own(\||%7C)b0000000/i.test(path + body),
} as const;
type Point = keyof typeof points;

/** The way of one process to its tables, which can be shut in the middle of its work. */
type Gate = Awaited<ReturnType<typeof startGate>>;

async function startGate(connectionString: string) {
  const tables = /TableEndpoint=(http:\/\/[^/;]+)/.exec(connectionString)?.[1] ?? '';
  let isMet: (request: PassingRequest) => boolean = () => false;
  let isGone = false;
  let shut: Promise<void> | null = null;
  let open = () => {};
  let stopped = () => {};
  const proxy = await startProxy(tables, {
    before: async (request) => {
      if (shut === null && request.method !== 'GET' && isMet(request)) {
        shut = new Promise((resolve) => {
          open = resolve;
        });
        stopped();
      }
      await shut;
      return !isGone;
    },
    after: async () => {
      await shut;
      return true;
    },
  });
  return {
    storage: connectionString.replace(tables, proxy.url),
    /** From the next write of that kind on nothing of the process goes on; resolves when it is there. */
    stopBefore: (point: Point): Promise<void> => {
      isMet = points[point];
      return new Promise((resolve) => {
        stopped = resolve;
      });
    },
    wake: () => {
      isMet = () => false;
      shut = null;
      open();
    },
    /** Nothing that the process had sent arrives. */
    drop: () => {
      isGone = true;
      open();
    },
    close: proxy.close,
  };
}

describe('a request whose process stands still or is gone', () => {
  let cloud: OwnershipCloud;
  let living: AppUnderTest;
  let slow: AppUnderTest;
  const gates: Gate[] = [];
  /** Each test has a report of its own, for the ledger remembers those of the others. */
  let id = '';
  let key = '';
  let used = 0;
  const startSlow = async () => {
    const gate = await startGate(cloud.storage);
    gates.push(gate);
    slow = await cloud.start({ AzureWebJobsStorage: gate.storage });
  };
  const gate = () => gates.at(-1) ?? Promise.reject(new Error('no gate'));
  beforeAll(async () => {
    cloud = await startOwnershipCloud();
    await cloud.behave({}, { reports: REPORTS });
    living = await cloud.start();
    await startSlow();
  });
  afterAll(async () => {
    for (const one of gates) one.drop();
    await cloud.stop();
    await Promise.all(gates.map((one) => one.close()));
  });
  beforeEach(() => {
    used += 1;
    id = reportId(used);
    key = `key-${used}`;
  });

  const ask = async (app: AppUnderTest, verb: 'pause' | 'resume', more: Asked = {}) => {
    const { withKey = null, ...body } = more;
    const headers = withKey === null ? {} : { 'idempotency-key': withKey };
    const answer = await app.call('POST', `/api/${verb}`, { body: { reportIds: [id], ...body }, headers });
    return { status: answer.status, results: resultsOf(answer) };
  };
  /** Asks the slow process and goes on when it has come so far; its answer comes once it is woken, if ever. */
  async function stopped(verb: 'pause' | 'resume', point: Point, more: Asked = {}) {
    const there = (await gate()).stopBefore(point);
    const answer = ask(slow, verb, { withKey: key, ...more }).catch(() => null);
    await there;
    return { answer };
  }
  async function killed(verb: 'pause' | 'resume', point: Point, more: Asked = {}) {
    await stopped(verb, point, more);
    await slow.kill();
    (await gate()).drop();
    await startSlow();
    await cloud.pass(LATER_IN_MS);
  }
  const wake = async () => (await gate()).wake();
  const status = async () => (await cloud.statuses()).get(id);
  const acts = async () =>
    (await cloud.acts()).flatMap((act) => (act.reportId === id ? [act.operation] : []));
  const personResumesAndPauses = async () => {
    await cloud.person(id, 'resume');
    await cloud.pass(MINUTE_IN_MS);
    await cloud.person(id, 'pause');
  };
  /** What is wrong when the living process has had its ticks. */
  const ticks = async (held: readonly string[] = []) => {
    await cloud.ticks(living, 3, LATER_IN_MS);
    return cloud.wrongs({ held });
  };

  describe('that stood and goes on', () => {
    test.each(['record', 'holds', 'intent'] as const)(
      'before it wrote its %s: a pause does not undo the resume that came meanwhile',
      async (point) => {
        const { answer } = await stopped('pause', point);
        await cloud.pass(LATER_IN_MS);
        const resumed = await ask(living, 'resume');
        await wake();
        const late = await answer;

        expect(resumed).toEqual({ status: 200, results: ['alreadyActive'] });
        // Told as superseded, or left to the queue, which finds it so.
        expect([202, 409]).toContain(late?.status);
        expect([await ticks(), await status(), await acts()]).toEqual([[], 'Active', []]);
      },
    );

    test('a resume that had read the report does not undo the pause that a person made since', async () => {
      const paused = await ask(living, 'pause');
      await cloud.pass(LATER_IN_MS);
      const { answer } = await stopped('resume', 'intent');
      await cloud.pass(LATER_IN_MS);
      await personResumesAndPauses();
      await wake();
      await answer;

      expect(paused.results).toEqual(['paused']);
      expect([await ticks(), await status()]).toEqual([[], 'Paused']);
      expect(await acts()).toEqual(['pause', 'human.resume', 'human.pause']);
    });
  });

  describe('that was killed and is made again elsewhere', () => {
    test('a pause does not undo the resume that came meanwhile, and says so', async () => {
      await killed('pause', 'holds');
      await ask(living, 'resume');
      const again = await ask(living, 'pause', { withKey: key });

      expect(again).toEqual({ status: 409, results: ['skipped'] });
      expect([await ticks(), await status(), await acts()]).toEqual([[], 'Active', []]);
    });

    test('a pause that nobody overruled is done by whoever is asked, and ends when it was to end', async () => {
      await killed('pause', 'holds', { duration: 'PT1H' });
      const again = await ask(living, 'pause', { withKey: key, duration: 'PT1H' });
      const during = [await ticks([id]), await status()];
      await cloud.pass(60 * MINUTE_IN_MS);

      expect(again).toEqual({ status: 200, results: ['paused'] });
      expect(during).toEqual([[], 'Paused']);
      expect([await ticks(), await status(), await acts()]).toEqual([[], 'Active', ['pause', 'resume']]);
    });

    test('a pause finds that a person has paused meanwhile, and leaves it so for good', async () => {
      await killed('pause', 'holds', { duration: 'PT1H' });
      await cloud.person(id, 'pause');
      const again = await ask(living, 'pause', { withKey: key, duration: 'PT1H' });
      await cloud.pass(60 * MINUTE_IN_MS);

      expect(again.results).toEqual(['foreign']);
      expect([await ticks(), await status(), await acts()]).toEqual([[], 'Paused', ['human.pause']]);
    });

    test('a pause whose PUT may have left does not make a later pause of a person ours', async () => {
      await cloud.emulator.fault({ kind: 'hang', when: 'after', operation: 'pauseReport', reportId: id });
      const cut = ask(slow, 'pause', { withKey: key, duration: 'PT1H' }).catch(() => null);
      await until('the PUT is out', async () => ((await status()) === 'Paused' ? true : null));
      await slow.kill();
      await cut;
      await cloud.emulator.clearFaults();
      await startSlow();
      await cloud.pass(2 * LATER_IN_MS);
      await personResumesAndPauses();
      const again = await ask(living, 'pause', { withKey: key, duration: 'PT1H' });
      await cloud.pass(60 * MINUTE_IN_MS);

      expect(again.results).toEqual(['doubtful']);
      expect([await ticks(), await status()]).toEqual([[], 'Paused']);
      expect(cloud.events().map(({ name, reportId: about }) => [name, about])).toContainEqual([
        ...['ReportDoubtful', id],
      ]);
    });

    test('a resume does not end the hold of a pause that was asked for since', async () => {
      await ask(living, 'pause', { reason: 'first' });
      await killed('resume', 'endOfHolds');
      await ask(living, 'pause', { reason: 'second' });
      const again = await ask(living, 'resume', { withKey: key });
      const during = [await ticks([id]), await status()];
      const later = await ask(living, 'resume');

      expect(again.results).toEqual(['stillHeld']);
      expect(during).toEqual([[], 'Paused']);
      expect(later).toEqual({ status: 200, results: ['resumed'] });
      expect([await ticks(), await status(), await acts()]).toEqual([[], 'Active', ['pause', 'resume']]);
    });
  });

  describe('that was killed and that nobody makes again', () => {
    test('a pause is done after the next tick, and ends when it was to end', async () => {
      await killed('pause', 'holds', { duration: 'PT1H' });
      await cloud.ticks(living, 1);
      await until('the queue went on with it', async () => ((await status()) === 'Paused' ? true : null));
      const during = await ticks([id]);
      await cloud.pass(60 * MINUTE_IN_MS);

      expect(during).toEqual([]);
      expect([await ticks(), await status(), await acts()]).toEqual([[], 'Active', ['pause', 'resume']]);
    });
  });
});

/** What is said of a request beside its report. */
interface Asked {
  readonly withKey?: string;
  readonly reason?: string;
  readonly duration?: string;
}

/** None where the request goes on elsewhere. */
function resultsOf({ status, json }: Answered): readonly string[] {
  if (status === 202) {
    return [];
  }
  const problem = problemSchema.safeParse(json);
  const run = runSchema.parse(problem.success ? problem.data.run : json);
  return run.results.map(({ outcome }) => outcome);
}
