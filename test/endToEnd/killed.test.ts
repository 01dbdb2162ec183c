import { join } from 'node:path';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud, windowThatIsOn } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(60_000);

/** Longer than the lease of a run that was killed, and than an unanswered change may still take effect. */
const LATER_IN_MS = 900_000;

const MOST_WAIT_IN_MS = 20_000;

const ids = [reportId(1), reportId(2), reportId(3), reportId(4)];
const [, takesEffectUnanswered, neverTakesEffect] = ids;

describe('a host that is killed in the middle of a run', () => {
  let cloud: CloudUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());

  let shiftInMs = 0;
  /** The app as it would be started some minutes later: its clock and the service's have gone on. */
  async function startLater(settings: Readonly<Record<string, string>>) {
    shiftInMs += LATER_IN_MS;
    await cloud.emulator.admin('PUT', 'clock', { advanceInMs: LATER_IN_MS });
    return cloud.start({ ...settings, CLOCK_SHIFT_IN_MS: String(shiftInMs) }, [
      '--import',
      join(process.cwd(), 'test/endToEnd/shiftClock.mjs'),
    ]);
  }

  /** Fires the timer and kills the host once all PUTs are out and two of them can never be answered. */
  async function killDuring(app: AppUnderTest, operation: 'pauseReport' | 'resumeReport') {
    await cloud.emulator.fault({ kind: 'hang', when: 'after', operation, reportId: takesEffectUnanswered });
    await cloud.emulator.fault({ kind: 'hang', when: 'before', operation, reportId: neverTakesEffect });
    void app.tick();
    const outstanding = async () => {
      const sent = await cloud.emulator.requests(`operation=${operation}`);
      return sent.length < ids.length || sent.filter(({ status }) => status === 200).length < ids.length - 2;
    };
    const giveUpAtMs = Date.now() + MOST_WAIT_IN_MS;
    while (await outstanding()) {
      if (Date.now() > giveUpAtMs) throw new Error(`the run did not send every ${operation}`);
    }
    await app.kill();
    await cloud.emulator.clearFaults();
  }

  test('finishes the pauses at the first tick after its restart, each report paused once', async () => {
    await killDuring(await cloud.start(windowThatIsOn(ids)), 'pauseReport');
    const between = await cloud.emulator.statuses(ids);

    const restarted = await startLater(windowThatIsOn(ids));
    const ticked = await restarted.tick();
    await restarted.stop();

    expect(between).toEqual(['Paused', 'Paused', 'Active', 'Paused']);
    expect(ticked.hasSucceeded).toBe(true);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Paused'));
    expect(await cloud.emulator.changes(ids)).toHaveLength(ids.length);
  });

  test('finishes the resumes too: it still knows that every pause was its own', async () => {
    const noWindow = { REPORT_IDS: '' };
    await killDuring(await startLater(noWindow), 'resumeReport');
    const between = await cloud.emulator.statuses(ids);

    const restarted = await startLater(noWindow);
    const ticked = await restarted.tick();

    expect(between).toEqual(['Active', 'Active', 'Paused', 'Active']);
    expect(ticked.hasSucceeded).toBe(true);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Active'));
    expect(await cloud.emulator.changes(ids)).toHaveLength(2 * ids.length);
  });

  test('shows no token and no key', () => cloud.expectNothingSecret());
});
