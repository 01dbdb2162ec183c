import { emptySnapshot } from '../../../shared/ledger/snapshot.ts';
import type { Observation, Ownership } from '../../../shared/model/ownership.ts';
import { alarmsOf } from '../../../shared/running/alarms.ts';
import { tellLasting } from '../../../shared/running/tellLasting.ts';
import { HOUR, holdWith, NOW } from '../deciding/sampleSituation.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';

const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

function owned(fields: Partial<Extract<Ownership, { kind: 'paused' }>> = {}): Ownership {
  return {
    ...{ kind: 'paused', reportId: reportIdOf(1), reportName: 'Report 1', owed: null, sinceMs: NOW - HOUR },
    ...{ queryId: reportWith(1).queryId, seenActiveAtMs: null, notFoundSinceMs: null },
    kept: { modifiedTime: null, contentHash: '' },
    ...fields,
  };
}

const seen = (...reports: ReturnType<typeof reportWith>[]) =>
  new Map<string, Observation>(
    reports.map((report) => [report.reportId, { kind: 'seen', report, readAtMs: NOW, serviceOffsetInMs: 0 }]),
  );

function namesOf(
  ownership: Ownership,
  { isHeld = true, observations = seen(reportWith(1, { reportStatus: 'Paused' })) } = {},
) {
  const snapshot = {
    ...emptySnapshot,
    ownerships: new Map([[ownership.reportId, ownership]]),
    holds: isHeld ? [{ hold: holdWith(), etag: '' }] : [],
  };
  return alarmsOf({ snapshot, observations, bridged: new Set(), nowMs: NOW, maxHoldInMs: WEEK }).map(
    ({ event }) => event.name,
  );
}

describe('the watchdog', () => {
  test('is silent about a report that is ours and held', () => {
    expect(namesOf(owned())).toEqual([]);
  });

  test.each<readonly [string, string[], Ownership, Parameters<typeof namesOf>[1]]>([
    ['nothing holds any more', ['ResumeOwed'], owned(), { isHeld: false }],
    ['is paused for longer than MAX_HOLD', ['HoldTooLong'], owned({ sinceMs: NOW - WEEK - 1 }), {}],
    ['the service does not show', ['ReportUnseen'], owned(), { observations: new Map() }],
    [
      'some automation has made anew',
      ['ReportRecreated'],
      owned(),
      {
        observations: seen(
          reportWith(1, { reportStatus: 'Paused' }),
          reportWith(2, { reportName: 'Report 1' }),
        ),
      },
    ],
    [
      'somebody else paused, beside it',
      ['ForeignPauses'],
      owned(),
      {
        observations: seen(
          reportWith(1, { reportStatus: 'Paused' }),
          reportWith(3, { reportStatus: 'Paused', reportName: 'Other' }),
        ),
      },
    ],
  ])('names a report that %s', (_what, names, ownership, options) => {
    expect(namesOf(ownership, options)).toEqual(names);
  });
});

describe('a lasting alarm', () => {
  const event = { name: 'HoldTooLong', reportId: reportIdOf(1), reportName: 'Report 1', detail: '' } as const;
  const daily = [{ event, repeatAfterMs: DAY }];

  test('is told at once, again a day later, and anew when it comes back', () => {
    const first = tellLasting(daily, {}, NOW);
    const soon = tellLasting(daily, first.told, NOW + HOUR);
    const nextDay = tellLasting(daily, soon.told, NOW + DAY);
    const over = tellLasting([], nextDay.told, NOW + DAY + HOUR);
    const back = tellLasting(daily, over.told, NOW + DAY + 2 * HOUR);

    expect([first, soon, nextDay, over, back].map(({ events }) => events.length)).toEqual([1, 0, 1, 0, 1]);
  });

  test('never makes the ledger remember more than fits a row', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({
      ...{ event: { ...event, reportId: reportIdOf(at) }, repeatAfterMs: DAY },
    }));
    const { events, told } = tellLasting(many, {}, NOW);

    expect(events).toHaveLength(5_000);
    expect(JSON.stringify(told).length).toBeLessThan(30_000);
  });
});
