import { type CastReport, cast, castList } from '../../local/start/demo/cast.ts';
import { instantOf } from '../../local/start/demo/demoNight.ts';
import { judgeDemo } from '../../local/start/demo/judgeDemo.ts';
import type { RecordedChange } from '../../local/start/demo/stage.ts';

const rightChanges = castList.flatMap((report) =>
  report.course.map(({ by, to, fromMinute }) => change(report, by, to, fromMinute)),
);
const rightEvents = new Set(castList.map(({ event, reportId }) => `${event} ${reportId}`));

describe('the judge of the demo', () => {
  test('finds nothing wrong where the record shows what it should', () => {
    const verdict = judgeDemo({ cast: castList, changes: rightChanges, toldEvents: rightEvents });

    expect(verdict.faults).toEqual([]);
    expect(verdict.reports.map(({ before, during, after }) => `${before} ${during} ${after}`)).toEqual([
      ...Array.from({ length: 5 }, () => 'Active Paused Active'),
      'Paused Paused Paused',
      'Active Active Active',
      'Active Paused Paused',
      'Active Active Active',
    ]);
  });

  test.each([
    ['a report that stays paused', without(cast.seats, 'Active'), 'Seats-daily is Paused at the end'],
    ['a window in which nothing happens', withoutAll(cast.seats), 'Seats-daily should have seen'],
    [
      'a report that is resumed although its human had paused it',
      [...rightChanges, change(cast.oldExport, 'Intermission', 'Active', 30)],
      'OldExport-daily is Active at the end, but its human left it Paused.',
    ],
    [
      'a report that is paused again after its human resumed it, and then resumed',
      [
        ...rightChanges,
        change(cast.invoices, 'Intermission', 'Paused', 20),
        change(cast.invoices, 'Intermission', 'Active', 30),
      ],
      'Invoices-daily should have seen',
    ],
    [
      'a report outside the window that is touched',
      [
        ...rightChanges,
        change(cast.profile, 'Intermission', 'Paused', 0),
        change(cast.profile, 'Intermission', 'Active', 30),
      ],
      'Profile-weekly should have seen: nothing; it saw: Intermission makes it Paused (22:00)',
    ],
    [
      'a report that is resumed before the window ends',
      [...without(cast.seats, 'Active'), change(cast.seats, 'Intermission', 'Active', 25)],
      'Seats-daily should have seen',
    ],
    [
      'a fault that never came',
      [change(cast.resellers, 'Intermission', 'Paused', 0), ...without(cast.resellers, 'Paused')],
      'Resellers-daily should have seen',
    ],
  ])('finds %s', (_what, changes, fault) => {
    const { faults } = judgeDemo({ cast: castList, changes, toldEvents: rightEvents });

    expect(faults).toContainEqual(expect.stringContaining(fault));
  });

  test('finds an operator who was not told', () => {
    const { faults } = judgeDemo({ cast: castList, changes: rightChanges, toldEvents: new Set() });

    expect(faults).toEqual([
      'Nobody was told of OldExport-daily: the event ForeignPauseFound is missing.',
      'Nobody was told of Invoices-daily: the event ManualResumeRespected is missing.',
      'Nobody was told of Licences-daily: the event ReportDoubtful is missing.',
    ]);
  });
});

function change({ reportId }: CastReport, by: string, to: string, minute: number): RecordedChange {
  return { reportId, by, to, atMs: instantOf(minute) };
}

function without({ reportId }: CastReport, to: string): readonly RecordedChange[] {
  return rightChanges.filter((one) => one.reportId !== reportId || one.to !== to);
}

function withoutAll({ reportId }: CastReport): readonly RecordedChange[] {
  return rightChanges.filter((one) => one.reportId !== reportId);
}
