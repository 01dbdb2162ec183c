import { z } from 'zod';
import { presets } from '../../local/insights/policies/presets.ts';
import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  pausedByDana,
  type Received,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

const envelope = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  nextLink: z.string().nullable(),
});
const stateSchema = z.object({
  reports: z.array(z.object({ reportId: z.string(), reportStatus: z.string() })),
});
const rowsOf = ({ json }: Received) => envelope.parse(json).value;
const [rowOf, idsOf] = [
  (answer: Received) => rowsOf(answer)[0] ?? {},
  (answer: Received) => rowsOf(answer).map(({ reportId }) => String(reportId)),
];

describe('the emulator’s policies of behaviour in time and by source', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());

  const set = (policies: object) => emulator.admin('PATCH', 'policies', policies);
  const pass = (inMs: number) => emulator.admin('PUT', 'clock', { advanceInMs: inMs });
  const person = (act: object) =>
    emulator.admin('PATCH', 'state', { reportId: azureDaily, by: 'kim', ...act });
  const list = (query = '') => emulator.call('GET', `${mpn}/ScheduledReport${query}`);
  const row = async (id = azureDaily) => rowsOf(await list()).find(({ reportId }) => reportId === id);
  const truth = async (id = azureDaily) => {
    const { reports } = stateSchema.parse(await emulator.admin('GET', 'state'));
    return reports.find(({ reportId }) => reportId === id)?.reportStatus;
  };
  const byId = async (id = azureDaily) => {
    const answer = await emulator.get(id);
    return answer.status === 404 ? 'notFound' : String(rowOf(answer)['reportStatus']);
  };

  describe('of modifiedTime and the clock', () => {
    const modified = async () => rowOf(await emulator.get(azureDaily))['modifiedTime'];

    test('it moves by itself, and never back', async () => {
      await set({ modifiedTimeMovesByItselfEveryMs: 600_000 });
      await pass(60_000);
      await emulator.pause(azureDaily);

      expect(await modified()).toBe('2026-06-01T12:01:00Z');
      await pass(540_000);
      expect(await modified()).toBe('2026-06-01T12:10:00Z');
      await pass(600_000);
      expect(await modified()).toBe('2026-06-01T12:20:00Z');
    });

    test('it is written late, with the later time', async () => {
      await set({ modifiedTimeLateInMs: 120_000 });
      const answer = await emulator.pause(azureDaily);

      expect(rowOf(answer)).toMatchObject({ reportStatus: 'Paused', modifiedTime: null });
      await pass(119_000);
      expect(await modified()).toBeNull();
      await pass(1_000);
      expect(await modified()).toBe('2026-06-01T12:02:00Z');
    });

    test.each([
      [60_000, 'utc', '2026-06-01T12:00:00Z'],
      [1_000, 'utc', '2026-06-01T12:00:59Z'],
      [1, 'utc', '2026-06-01T12:00:59.250Z'],
    ])('with a resolution of %d ms and the form %s it is %s', async (resolution, timeForm, shown) => {
      await set({ modifiedTimeResolutionInMs: resolution, readsById: { timeForm } });
      await pass(59_250);
      await emulator.pause(azureDaily);

      expect(await modified()).toBe(shown);
    });

    test.each([
      [120_000, 'Mon, 01 Jun 2026 12:02:00 GMT'],
      [-600_000, 'Mon, 01 Jun 2026 11:50:00 GMT'],
    ])('the header Date runs %d ms ahead of the clock that writes it', async (dateHeaderAheadInMs, date) => {
      await set({ dateHeaderAheadInMs });
      const answer = await emulator.pause(azureDaily);

      expect(answer.headers.get('date')).toBe(date);
      expect(rowOf(answer)['modifiedTime']).toBe('2026-06-01T12:00:00Z');
    });
  });

  describe('of each source', () => {
    test.each([
      ['utc', '2026-01-05T18:00:00Z'],
      ['noZone', '2026-01-05T18:00:00'],
      ['blank', '2026-01-05 18:00:00Z'],
      ['milliseconds', '2026-01-05T18:00:00.000Z'],
      ['ticks', '2026-01-05T18:00:00.0000000Z'],
      ['zeroOffset', '2026-01-05T18:00:00+00:00'],
      ['otherZone', '2026-01-05T20:00:00+02:00'],
      ['unreadable', 'about 2026-01-05'],
    ])('times are written as %s: %s', async (timeForm, startTime) => {
      await set({ listRows: { timeForm } });

      expect(await row()).toMatchObject({ startTime });
      expect(rowOf(await emulator.get(azureDaily))).toMatchObject({ startTime: '2026-01-05T18:00:00Z' });
    });

    test('fields are missing, change with each answer, or are text, where it is said', async () => {
      await set({
        listRows: { leftOut: ['query'], volatile: ['lastExecutionTime', 'description'] },
        putAnswers: { asText: ['executeNow', 'recurrenceInterval', 'callbackUrl'], leftOut: ['user'] },
      });

      const [first, second] = [await row(), await row()];
      expect(first).not.toHaveProperty('query');
      expect(first?.['lastExecutionTime']).not.toBe(second?.['lastExecutionTime']);
      expect(first?.['description']).not.toBe(second?.['description']);
      const put = rowOf(await emulator.pause(azureDaily));
      expect(put).toMatchObject({ executeNow: 'false', recurrenceInterval: '24', callbackUrl: null });
      expect(put).not.toHaveProperty('user');
      expect(rowOf(await emulator.get(azureDaily))).toMatchObject({
        executeNow: false,
        user: expect.any(String),
        query: expect.any(String),
      });
    });
  });

  describe('of the list', () => {
    test('its rows are old, also after our own changes and deletions, while by id is right', async () => {
      await set({ listLagInMs: 60_000 });
      await emulator.pause(azureDaily);
      await person({ reportId: pausedByDana, action: 'delete' });

      expect([await row(), await byId()]).toEqual([
        expect.objectContaining({ reportStatus: 'Active', modifiedTime: null }),
        'Paused',
      ]);
      expect([await row(pausedByDana), await byId(pausedByDana)]).toEqual([
        expect.objectContaining({ reportStatus: 'Paused' }),
        'notFound',
      ]);
      await pass(60_000);
      expect(await row()).toMatchObject({ reportStatus: 'Paused' });
      expect(await row(pausedByDana)).toBeUndefined();
    });

    test('it omits what is paused', async () => {
      await set({ listOmits: 'paused' });

      expect(await row(pausedByDana)).toBeUndefined();
      expect([await row(), await byId(pausedByDana)]).toEqual([expect.anything(), 'Paused']);
    });

    test('it omits some, not always the same, and each is there by id', async () => {
      await set({ listOmits: 'some' });

      const lists = [idsOf(await list()), idsOf(await list()), idsOf(await list())];
      expect(lists.map(({ length }) => length)).toEqual([8, 8, 8]);
      expect(new Set(lists.flat()).size).toBe(12);
      expect(await byId()).toBe('Active');
    });

    test('it omits all, or those that are named', async () => {
      await set({ listOmits: 'everything', emptyList: 'empty' });
      expect(idsOf(await list())).toEqual([]);
      await set({ listOmits: 'nothing', listOmitsIds: [azureDaily.toUpperCase()] });

      expect(idsOf(await list())).toHaveLength(11);
      expect([await row(), await byId()]).toEqual([undefined, 'Active']);
    });

    test.each([
      [-1, 15],
      [2, 8],
    ])('its pages shift by %d, so that rows come twice or never', async (pageShift, rows) => {
      await set({ pageSize: 4, pageShift });

      const ids: string[] = [];
      for (let next: string | null = `${mpn}/ScheduledReport`; next !== null; ) {
        const answer = await emulator.call('GET', next.replace(emulator.url, ''));
        ids.push(...idsOf(answer));
        next = envelope.parse(answer.json).nextLink;
      }
      expect(ids).toHaveLength(rows);
    });

    test.each([403, 404, 500])('it is refused with %d while by id and PUT work', async (status) => {
      await set({ listRefusedWith: status });

      expect((await list()).status).toBe(status);
      expect([await byId(), (await emulator.pause(azureDaily)).status]).toEqual(['Active', 200]);
    });
  });

  describe('of reads by id', () => {
    test('replicas answer in turn, some of them late', async () => {
      await set({ replicaLagsInMs: [0, 150_000] });
      await emulator.pause(azureDaily);

      expect([await byId(), await byId(), await byId()]).toEqual(['Paused', 'Active', 'Paused']);
      await pass(150_000);
      expect([await byId(), await byId()]).toEqual(['Paused', 'Paused']);
    });

    test.each([
      ['Inactive', { reportStatus: 'Inactive' }],
      ['oldState', { reportStatus: 'Active', modifiedTime: null }],
      ['nullTime', { reportStatus: 'Paused', modifiedTime: null }],
      ['olderTime', { reportStatus: 'Paused', modifiedTime: '2026-06-01T11:00:00Z' }],
    ])('one read shows %s, the one before and those after the truth', async (shows, fields) => {
      await set({ readGlitches: [{ shows, whenStatus: 'Paused', skip: 1 }] });
      expect(await byId()).toBe('Active');
      await emulator.pause(azureDaily);
      const right = { reportStatus: 'Paused', modifiedTime: '2026-06-01T12:00:00Z' };

      for (const expected of [right, fields, right, right]) {
        expect(rowOf(await emulator.get(azureDaily))).toMatchObject(expected);
      }
      expect(await truth()).toBe('Paused');
    });

    test('a report is hidden twice, a minute apart, and others are as before', async () => {
      await set({ readGlitches: [{ shows: 'notFound', times: 2, apartInMs: 60_000 }] });

      expect([await byId(), await byId()]).toEqual(['notFound', 'Active']);
      await pass(60_000);
      expect([await byId(), await byId()]).toEqual(['notFound', 'Active']);
      await pass(60_000);
      expect([await byId(), await byId(pausedByDana)]).toEqual(['Active', 'notFound']);
    });
  });

  describe('of PUT', () => {
    const changes = () => emulator.admin('GET', `changes?reportId=${azureDaily}`);

    test.each([
      [{ effect: 'never', times: 1 }, 200, 'Paused', 'Active', 'Paused'],
      [{ effect: 'never', shows: 'old', times: 1 }, 200, 'Active', 'Active', 'Paused'],
      [{ effect: 'never' }, 200, 'Paused', 'Active', 'Active'],
      [{ effect: 'never', answers: 503, times: 1 }, 503, undefined, 'Active', 'Paused'],
      [{ answers: 400, times: 1 }, 400, undefined, 'Paused', 'Paused'],
    ])(
      'with %j the first pause answers %d and shows %s; the report is %s, and %s after a second one',
      async (pausePut, status, shown, first, second) => {
        await set({ pausePut });

        const answer = await emulator.pause(azureDaily);
        expect([answer.status, status === 200 ? rowOf(answer)['reportStatus'] : undefined]).toEqual([
          status,
          shown,
        ]);
        expect([await byId(), await truth()]).toEqual([first, first]);
        await emulator.pause(azureDaily);
        expect(await byId()).toBe(second);
        expect(await changes()).toHaveLength(second === 'Paused' ? 1 : 0);
      },
    );

    test.each([
      [null, 200],
      [409, 409],
    ])('a resume comes late, answered with %s', async (answers, status) => {
      await person({ action: 'pause' });
      await set({ resumePut: { effect: 'late', lateByInMs: 30_000, answers } });

      expect((await emulator.resume(azureDaily)).status).toBe(status);
      expect(await byId()).toBe('Paused');
      await pass(30_000);
      expect(await byId()).toBe('Active');
      expect(await changes()).toMatchObject([
        { operation: 'human.pause' },
        { operation: 'resume', atUtc: '2026-06-01T12:00:30.000Z', by: { kind: 'app' } },
      ]);
    });

    test('so many times for each report, counted anew when the policies change', async () => {
      await set({ resumePut: { effect: 'never', times: 2 } });
      await person({ action: 'pause' });

      const seen: string[] = [];
      for (let put = 0; put < 3; put += 1) {
        expect(rowOf(await emulator.resume(azureDaily))['reportStatus']).toBe('Active');
        seen.push(await byId());
      }
      expect(seen).toEqual(['Paused', 'Paused', 'Active']);
      await emulator.resume(pausedByDana);
      expect(await truth(pausedByDana)).toBe('Paused');
      await set({ casing: 'camel' });
      await person({ action: 'pause' });
      await emulator.resume(azureDaily);
      expect(await truth()).toBe('Paused');
    });
  });

  describe('as a preset', () => {
    test('has the name of one of the twelve services, or of the empty list', async () => {
      expect(Object.keys(presets)).toHaveLength(13);
      expect(await emulator.admin('GET', 'presets')).toEqual(presets);
    });

    test.each(Object.keys(presets))('%s differs from the usual, and policies by name win', async (preset) => {
      const usual = await emulator.admin('GET', 'policies');
      const changed = await set({ preset, casing: 'pascal' });

      expect(changed).not.toEqual({ ...Object(usual), casing: 'pascal' });
      expect(changed).toMatchObject({ casing: 'pascal' });
    });

    test('of no known name is refused, and the known ones are named', async () => {
      await expect(set({ preset: 'perfect' })).rejects.toThrow(
        /400 .*preset must be one of resumeAnswersWithoutEffectOnce, .*, not \\"perfect\\"/s,
      );
    });
  });

  describe('people', () => {
    const acts = () => emulator.admin('GET', `changes?all=true&reportId=${azureDaily}`);

    test('are on record also where they changed no status', async () => {
      await person({ action: 'edit', changes: { reportName: 'Renamed' } });
      await person({ action: 'pause' });
      await person({ action: 'pause', by: 'lee' });

      expect(await acts()).toMatchObject([
        { operation: 'human.edit', from: 'Active', to: 'Active', by: { userName: 'kim' } },
        { operation: 'human.pause', from: 'Active', to: 'Paused', by: { userName: 'kim' } },
        { operation: 'human.pause', from: 'Paused', to: 'Paused', by: { userName: 'lee' } },
      ]);
      expect(await emulator.admin('GET', `changes?reportId=${azureDaily}`)).toHaveLength(1);
    });

    test('act later, where they were told to', async () => {
      await person({ action: 'pause', inMs: 10_000 });

      expect(await byId()).toBe('Active');
      await pass(10_000);
      expect(await byId()).toBe('Paused');
      expect(await acts()).toMatchObject([
        { operation: 'human.pause', atUtc: '2026-06-01T12:00:10.000Z', by: { kind: 'human' } },
      ]);
    });

    test.each(['Active', 'Paused'])('bring a deleted report back, %s', async (reportStatus) => {
      await person({ action: 'delete' });
      expect(await byId()).toBe('notFound');
      await pass(60_000);
      await person({ action: 'recreate', reportStatus, changes: { description: 'again' } });

      expect(rowOf(await emulator.get(azureDaily))).toMatchObject({
        ...{ reportStatus, reportName: 'AzureUsage-daily', description: 'again', modifiedTime: null },
        createdTime: '2026-06-01T12:01:00Z',
      });
      expect(await acts()).toMatchObject([
        { operation: 'human.delete', from: 'Active', to: null },
        { operation: 'human.recreate', from: null, to: reportStatus },
      ]);
    });

    test('cannot bring back what was not deleted', async () => {
      await expect(person({ action: 'recreate' })).rejects.toThrow('was not deleted');
    });
  });
});

test('what was asked for at the start outlives a state that names nothing of it', async () => {
  const emulator = await startEmulatorUnderTest({ policies: { listLagInMs: 1_000 } });
  try {
    await emulator.admin('PUT', 'state', {});
    expect(await emulator.admin('GET', 'policies')).toMatchObject({ listLagInMs: 1_000 });
  } finally {
    await emulator.close();
  }
});
