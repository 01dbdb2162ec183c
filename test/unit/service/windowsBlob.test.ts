import type { OccurrenceEnd } from '../../../shared/model/occurrenceEnd.ts';
import type { WindowsRecord } from '../../../shared/model/windowsRecord.ts';
import { trustWindows } from '../../../shared/service/trustWindows.ts';
import { createWindowSource } from '../../../shared/service/windowSource.ts';
import { giveWay } from '../../../shared/time/giveWay.ts';
import { parseWindows } from '../../../shared/windows/parseWindows.ts';
import { HOUR, NOW, windowHold } from '../deciding/sampleSituation.ts';

const OF_SETTINGS = parseWindows([], { defaultAccount: 'default' });
const NEVER_LIVE = {
  name: 'other',
  reports: { all: true },
  schedule: { from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' },
};

function liveWindow(name: string) {
  const schedule = { from: new Date(NOW - HOUR).toISOString(), to: new Date(NOW + HOUR).toISOString() };
  return { name, reports: { all: true }, schedule };
}

describe('the windows in a blob', () => {
  test('are read beside those of the settings, and parsed anew only when the blob changed', async () => {
    let blob = { text: JSON.stringify([liveWindow('night')]), etag: 'one', modifiedMs: null };
    const source = createWindowSource(OF_SETTINGS, async () => blob, { defaultAccount: 'default' }, giveWay);
    const first = await source.read();
    const again = await source.read();
    blob = { text: JSON.stringify([liveWindow('day')]), etag: 'two', modifiedMs: null };
    const changed = await source.read();

    expect(first.parsed.windows.map(({ name }) => name)).toEqual(['night']);
    expect(again.parsed).toBe(first.parsed);
    expect(changed.parsed.windows.map(({ name }) => name)).toEqual(['day']);
  });

  test.each([
    ['is not there', async () => null],
    ['cannot be read', () => Promise.reject(new Error('403 with a secret in it'))],
  ])(
    'count as unreadable where the blob %s, and the reason shows nothing of the error',
    async (_what, readBlob) => {
      const read = await createWindowSource(
        OF_SETTINGS,
        readBlob,
        { defaultAccount: 'default' },
        giveWay,
      ).read();

      expect(read).toMatchObject({ ok: false, parsed: OF_SETTINGS });
      expect(JSON.stringify(read)).not.toContain('secret');
    },
  );

  test('let others have their turn after each of them, and are parsed once for all who ask meanwhile', async () => {
    const text = JSON.stringify(Array.from({ length: 300 }, (_, at) => liveWindow(`w-${at}`)));
    let turns = 0;
    const countTurn = async () => {
      turns += 1;
      await giveWay();
    };
    const readBlob = async () => ({ text, etag: 'one', modifiedMs: null });
    const source = createWindowSource(OF_SETTINGS, readBlob, { defaultAccount: 'default' }, countTurn);

    const [one, other] = await Promise.all([source.read(), source.read()]);

    expect(one.parsed.windows).toHaveLength(300);
    expect(other.parsed).toBe(one.parsed);
    expect(turns).toBe(300);
  });

  test('are refused in a moment where thousands of ids or names in them are wrong', async () => {
    const text = JSON.stringify([
      { ...liveWindow('ids'), reports: { ids: new Array(10_000).fill(0) } },
      { ...liveWindow('not'), excludeReportIds: new Array(10_000).fill('x') },
      {
        ...liveWindow('names'),
        ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, 1])),
      },
    ]);
    const readBlob = async () => ({ text, etag: 'one', modifiedMs: null });
    const beganMs = performance.now();

    const source = createWindowSource(OF_SETTINGS, readBlob, { defaultAccount: 'default' }, giveWay);
    const read = await source.read();

    expect(read.parsed).toMatchObject({ windows: [], invalidNames: ['ids', 'not', 'names'] });
    const told = read.parsed.problems.filter(({ code }) => code === 'more_problems');
    expect(told.map(({ message }) => message)).toEqual(
      new Array(3).fill('The window has 180 or more problems like these.'),
    );
    // It took minutes when each fault looked through all of the list.
    expect(performance.now() - beganMs).toBeLessThan(20_000);
  });

  test('that are no JSON let no hold end', async () => {
    const read = await createWindowSource(
      OF_SETTINGS,
      async () => ({ text: '[{', etag: 'one', modifiedMs: null }),
      {
        defaultAccount: 'default',
      },
      giveWay,
    ).read();

    expect(read.parsed).toMatchObject({ isComplete: false, windows: [] });
  });
});

describe('a new version of the windows in a blob', () => {
  const holds = ['night', 'load', 'move'].map((name) => windowHold(name, NOW - HOUR, NOW + HOUR));
  const weigh = (
    windows: readonly object[],
    record: WindowsRecord = { accepted: 'old', heldBack: null, heldBackMs: null, acceptedMs: null },
    nowMs = NOW,
  ) =>
    trustWindows({
      ...{ version: 'new', modifiedMs: null, record, holds, saidEnds: [], nowMs },
      parsed: parseWindows(windows, { defaultAccount: 'default' }),
    });

  test('is taken at once where it ends no more than half of the live windows', () => {
    expect(weigh([liveWindow('night'), liveWindow('load')])).toEqual({
      isTrusted: true,
      record: { accepted: 'new', heldBack: null, heldBackMs: null, acceptedMs: null },
    });
  });

  test('waits five minutes where it would end more than half of them, however often ticks come, and is taken then', () => {
    const first = weigh([liveWindow('night'), NEVER_LIVE]);
    const soon = weigh([liveWindow('night'), NEVER_LIVE], first.record, NOW + 4 * 60_000);
    const second = weigh([liveWindow('night'), NEVER_LIVE], soon.record, NOW + 5 * 60_000);

    expect(first).toEqual({
      isTrusted: false,
      record: { accepted: 'old', heldBack: 'new', heldBackMs: NOW, acceptedMs: null },
    });
    expect(soon).toEqual(first);
    expect(second).toEqual({
      isTrusted: true,
      record: { accepted: 'new', heldBack: null, heldBackMs: null, acceptedMs: null },
    });
  });

  test('counts no window as ended that lasts longer by a person’s word', () => {
    const schedule = { from: new Date(NOW - 2 * HOUR).toISOString(), to: new Date(NOW - HOUR).toISOString() };
    const word: OccurrenceEnd = {
      ...{ window: 'night', fromMs: NOW - 2 * HOUR, untilMs: NOW + HOUR, said: 'extended' },
      ...{ by: 'Ana', why: 'late', atMs: NOW - HOUR, place: 1 },
    };
    const weighWith = (saidEnds: readonly OccurrenceEnd[]) =>
      trustWindows({
        ...{ version: 'new', modifiedMs: null, saidEnds, nowMs: NOW },
        record: { accepted: 'old', heldBack: null, heldBackMs: null, acceptedMs: null },
        holds: [windowHold('night', NOW - 2 * HOUR, NOW + HOUR)],
        parsed: parseWindows([{ ...liveWindow('night'), schedule }], { defaultAccount: 'default' }),
      }).isTrusted;

    expect([weighWith([word]), weighWith([])]).toEqual([true, false]);
  });

  test('does not count a window that it holds but cannot read as ended', () => {
    expect(weigh([liveWindow('night'), { name: 'load' }, { name: 'move' }]).isTrusted).toBe(true);
  });

  test('that was read before a newer one was accepted opens and ends nothing', () => {
    const record = { accepted: 'newer', heldBack: null, heldBackMs: null, acceptedMs: NOW };
    const parsed = parseWindows([], { defaultAccount: 'default' });
    const late = trustWindows({
      version: 'older',
      modifiedMs: NOW - 1,
      record,
      parsed,
      holds: [],
      saidEnds: [],
      nowMs: NOW,
    });
    expect(late).toEqual({ isTrusted: false, record });
  });

  test('that is in force already changes nothing', () => {
    expect(weigh([], { accepted: 'new', heldBack: null, heldBackMs: null, acceptedMs: null })).toMatchObject({
      isTrusted: true,
    });
  });
});
