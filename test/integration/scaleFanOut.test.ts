import { BEGIN_MS, reportOf, startFanOut, TICK_IN_MS } from './fanOutUnderTest.ts';

type FanOut = Awaited<ReturnType<typeof startFanOut>>;

let fanOut: FanOut;
beforeAll(async () => {
  fanOut = await startFanOut();
}, 60_000);
afterAll(() => fanOut.close());

const all = ['north', 'east', 'south'];
const now = (account: string) => ({ account, delayInSeconds: 0 });
const byName = (one: { account: string }, other: { account: string }) =>
  one.account.localeCompare(other.account);

async function pausesSent(): Promise<number> {
  return (await fanOut.cloud.changes()).filter(({ to }) => to === 'Paused').length;
}

describe('a tick over many accounts', () => {
  beforeEach(() => fanOut.reset());

  test('leaves each to one driver, asks for none twice, and says how many it left', async () => {
    const app = fanOut.start();
    const other = fanOut.start();
    const runs = await Promise.all([app.tick(), other.tick()]);
    for (const run of runs) {
      expect(run).toMatchObject({ status: 'ok', leftToDrivers: 3, results: [], problems: [] });
    }
    const sent = [...app.takeMessages(), ...other.takeMessages()];
    expect(sent.sort(byName)).toEqual([now('east'), now('north'), now('south')]);
    expect(await pausesSent()).toBe(0);

    const second = await other.tick();
    expect(second).toMatchObject({ status: 'ok', leftToDrivers: 3 });
    expect(other.takeMessages()).toEqual([]);
  });

  test('has each account driven once, each run told by itself, by whichever process takes the message', async () => {
    const [app, other] = [fanOut.start(), fanOut.start()];
    await app.tick();
    const told = [
      await other.deliver('north'),
      ...(await Promise.all([app.deliver('east'), other.deliver('south')])),
    ].map((lines) => JSON.parse(lines.at(-1) ?? ''));
    for (const line of told) {
      expect(line).toMatchObject({
        event: 'RunFinished',
        door: 'tick',
        status: 'ok',
        summary: { paused: 1 },
      });
    }
    expect([...(await fanOut.cloud.statuses()).values()]).toEqual(['Paused', 'Paused', 'Paused']);

    // What comes again finds nothing to do, not even a call.
    await fanOut.cloud.admin('DELETE', 'requests');
    expect(await app.deliver('north')).toEqual([]);
    expect(await fanOut.cloud.admin('GET', 'requests')).toEqual([]);
    expect(await pausesSent()).toBe(3);
  });

  test('brings every report back at the end of the windows, by drivers too', async () => {
    const app = fanOut.start();
    await app.tick();
    for (const account of all) await app.deliver(account);
    await fanOut.passTime(3_600_000);
    app.takeMessages();
    expect(await app.tick()).toMatchObject({ leftToDrivers: 3 });
    for (const { account } of app.takeMessages()) await app.deliver(account);
    expect([...(await fanOut.cloud.statuses()).values()]).toEqual(['Active', 'Active', 'Active']);
    // Two more looks, and each account is forgotten.
    for (let look = 0; look < 2; look += 1) {
      await fanOut.passTime(TICK_IN_MS);
      await app.tick();
      for (const { account } of app.takeMessages()) await app.deliver(account);
    }
    await fanOut.passTime(TICK_IN_MS);
    const idle = await app.tick();
    expect([idle.leftToDrivers, app.takeMessages()]).toEqual([undefined, []]);
  });

  test('delivered twice at once, an account is driven once and the other message waits for its end', async () => {
    const [app, other] = [fanOut.start(), fanOut.start()];
    await app.tick();
    app.takeMessages();
    await Promise.all([app.deliver('north'), other.deliver('north')]);
    const waiting = [...app.takeMessages(), ...other.takeMessages()];
    expect(await pausesSent()).toBe(1);
    expect(waiting.length).toBeLessThanOrEqual(1);
    for (const { delayInSeconds } of waiting) expect(delayInSeconds).toBeGreaterThan(60);
  });
});

describe('an account that cannot be worked on now', () => {
  beforeEach(() => fanOut.reset());

  test('because another process holds it, is looked at again later, and told as late after two ticks', async () => {
    const app = fanOut.start({ accounts: ['north'] });
    await app.tick();
    app.takeMessages();
    const holder = await fanOut.holdNorth();
    expect(await app.deliver('north')).toEqual([]);
    const [later, ...more] = app.takeMessages();
    expect([later?.account, more]).toEqual(['north', []]);
    expect(later?.delayInSeconds).toBeGreaterThanOrEqual(15);
    expect(later?.delayInSeconds).toBeLessThanOrEqual(30);

    // Its message is under way: the ticks ask for no second one, and say so when it takes too long.
    const told: (readonly string[])[] = [];
    for (let ticks = 0; ticks < 3; ticks += 1) {
      await fanOut.passTime(TICK_IN_MS);
      told.push((await app.tick()).problems.map(({ code }) => code));
    }
    expect(told).toEqual([[], [], ['driver_late']]);

    await fanOut.passTime(0);
    await holder?.release();
    await app.deliver('north');
    expect((await fanOut.cloud.statuses()).get(reportOf('north'))).toBe('Paused');
  });

  test('because its message was lost, is asked for again after two ticks, and alarmed', async () => {
    const app = fanOut.start({ accounts: ['north'] });
    await app.tick();
    app.takeMessages();
    await fanOut.passTime(2 * TICK_IN_MS);
    expect((await app.tick()).problems).toEqual([]);
    expect(app.takeMessages()).toEqual([]);
    await fanOut.passTime(1_000);
    const late = await app.tick();
    expect(late).toMatchObject({ status: 'partial', problems: [{ code: 'driver_late', account: 'north' }] });
    expect(late.problems[0]?.message).toContain(new Date(BEGIN_MS).toISOString());
    expect(app.takeMessages()).toEqual([now('north')]);
    await app.deliver('north');
    expect((await fanOut.cloud.statuses()).get(reportOf('north'))).toBe('Paused');
  });

  test('because the service throttles it, goes on when the service said, not before', async () => {
    const throttle = { requests: 1, windowInMs: 3_600_000, retryAfterInSeconds: 110 };
    await fanOut.reset({ throttle });
    const app = fanOut.start({ accounts: ['north'] });
    await app.tick();
    app.takeMessages();
    const lines = await app.deliver('north');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ status: 'failed' });
    expect(app.takeMessages()).toEqual([{ account: 'north', delayInSeconds: 110 }]);

    await fanOut.cloud.admin('PATCH', 'policies', { throttle: null });
    // A little later, when the spread after a hold-off is over.
    await fanOut.passTime(113_000);
    await app.deliver('north');
    expect((await fanOut.cloud.statuses()).get(reportOf('north'))).toBe('Paused');
  });

  test('because its process was killed, is taken over when the killed one’s time is over', async () => {
    const [killed, app] = [fanOut.start({ accounts: ['north'] }), fanOut.start({ accounts: ['north'] })];
    await killed.tick();
    killed.takeMessages();
    // As the killed process leaves it: the account is claimed and its lease taken, and nothing else is done.
    await fanOut.cloud.admin('POST', 'faults', [{ kind: 'hang', when: 'before', operation: 'getReports' }]);
    void killed.deliver('north').catch(() => {});
    while (JSON.stringify(await fanOut.cloud.admin('GET', 'requests')) === '[]');
    await fanOut.cloud.admin('DELETE', 'faults');

    expect(await app.deliver('north')).toEqual([]);
    const [later] = app.takeMessages();
    expect(later?.delayInSeconds).toBeGreaterThan(100);
    await fanOut.passTime((later?.delayInSeconds ?? 0) * 1_000);
    await app.deliver('north');
    expect((await fanOut.cloud.statuses()).get(reportOf('north'))).toBe('Paused');
    expect(await pausesSent()).toBe(1);
  });

  test('because its settings are gone or MODE is off, is left alone', async () => {
    const app = fanOut.start();
    await app.tick();
    app.takeMessages();
    await fanOut.start({ accounts: ['east'] }).deliver('north');
    await fanOut.start({ mode: 'off' }).deliver('east');
    const requests = await fanOut.cloud.admin('GET', 'requests');
    expect([requests, app.takeMessages()]).toEqual([[], []]);
  });
});
