import { noFacts } from '../../../shared/ledger/ledgerRows.ts';
import type { Ownership } from '../../../shared/model/ownership.ts';
import type { Alarm } from '../../../shared/running/alarms.ts';
import { tellDigest } from '../../../shared/running/dailyDigest.ts';
import { odd, paused } from '../deciding/sampleSituation.ts';
import { reportIdOf } from '../windows/sampleReport.ts';

const at = (utc: string) => Date.parse(utc);
const NOON = at('2026-03-01T12:00:00Z');

function alarm(name: Alarm['event']['name'], number: number, reportName = `Report ${number}`): Alarm {
  return { event: { name, reportId: reportIdOf(number), reportName, detail: 'why' }, repeatAfterMs: 1 };
}

function digestAt(nowMs: number, alarms: readonly Alarm[], toldMs: number | null = null) {
  const told = { 'LeftPaused x': 1, ...(toldMs === null ? {} : { DailyDigest: toldMs }) };
  return tellDigest(alarms, { ownerships: new Map(), facts: { ...noFacts, told } }, nowMs);
}

const many = Array.from({ length: 12 }, (_, index) => alarm('LeftPaused', index + 1));

describe('the daily digest', () => {
  test('counts every cause, and each report once', () => {
    const { event } = digestAt(NOON, [
      ...[alarm('ResumeOwed', 1), alarm('ReportUnseen', 1), alarm('LeftPaused', 2)],
      ...[alarm('ReportDoubtful', 3), alarm('ForeignPauses', 4), alarm('HoldTooLong', 2)],
    ]);

    expect(event).toMatchObject({
      name: 'DailyDigest',
      detail: expect.stringMatching(
        /^3 reports stand: 1 left paused, 1 doubtful, 1 owed a resume, 1 not shown\. /,
      ),
      counts: { leftPaused: 1, doubtful: 1, owed: 1, unseen: 1 },
      facts: { owedReports: `Report 1 (${reportIdOf(1)})`, unseenReports: `Report 1 (${reportIdOf(1)})` },
    });
  });

  test('names ten reports of a cause, each by so much of its name that all fit a column', () => {
    const long = many.map(({ event }) =>
      alarm('LeftPaused', 1, `${'\u{1F600}'.repeat(100)}${event.reportName}`),
    );
    const { event } = digestAt(NOON, long);

    expect(event?.counts).toEqual({ leftPaused: 12 });
    expect(event?.facts?.leftPausedReports).toMatch(/\) and 2 more$/);
    expect(event?.facts?.leftPausedReports?.length).toBeLessThanOrEqual(1_000);
    expect(event?.facts?.leftPausedReports?.isWellFormed()).toBe(true);
  });

  test('counts what a blind account does not show, for which one alarm stands', () => {
    const missing = [1, 2, 3].map((number) =>
      paused({ reportId: reportIdOf(number), odd: odd('notFound', NOON) }),
    );
    const ownerships = new Map<string, Ownership>(missing.map((one) => [one.reportId, one]));
    const { event } = tellDigest([alarm('AccountBlind', 9)], { ownerships, facts: noFacts }, NOON);

    expect(event?.counts).toEqual({ unseen: 3 });
  });

  test.each([
    ['never before', null, true],
    ['the day before', at('2026-03-01T05:59:59Z'), true],
    ['this day, which begins at six', at('2026-03-01T06:00:00Z'), false],
  ])('is due where it was told %s', (_when, toldMs, isTold) => {
    const { event, told } = digestAt(NOON, many, toldMs);

    expect(event !== null).toBe(isTold);
    expect(told).toEqual({ DailyDigest: isTold ? NOON : toldMs });
  });

  test('is none where nothing stands, and when it was told stays known', () => {
    expect(digestAt(NOON, [alarm('ForeignPauses', 1)])).toEqual({ event: null, told: {} });
    const before = at('2026-03-01T06:00:00Z');
    expect(digestAt(NOON, [], before)).toEqual({ event: null, told: { DailyDigest: before } });
  });
});
