// What people are shown of windows, plans and reports is what will be.
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const evening = {
  name: 'evening',
  reports: ['A'],
  when: ['2026-01-20T20:00:00Z', '2026-01-20T21:00:00Z'] as const,
};
const late = {
  name: 'late',
  reports: ['A'],
  when: ['2026-01-20T21:00:00Z', '2026-01-20T23:00:00Z'] as const,
};

underEachBehaviour('What is shown', (scenario) => {
  scenario('a report is expected back where the last of its windows ends, and comes back then', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [evening, late] });
    await s.at('20:00').tick();
    await s.at('20:30').tick();
    const shown = await s.ask((service, call) => service.report(s.idOf('A'), call));
    const planned = await s.ask((service, call) => service.plan({ atMs: s.now(), untilMs: null }, call));
    const expected = { expectedResumeUtc: '2026-01-20T23:00:00Z', expectedResumeReason: 'holds_end' };
    expect(shown).toMatchObject({ kind: 'found', report: expected });
    expect(planned.reports[0]).toMatchObject(expected);
    await s.at('20:35').resume(['A']);
    s.expectMessage('A', ['still held by window evening', 'expected back at 2026-01-20T23:00:00Z']);
    await s.tickUntil('22:55');
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a window is shown with its end as wall time, its dates, and that it has no end', async (s) => {
    const zone = { start: '0 22 * * *', timeZone: 'Europe/Berlin' };
    const nights = { ...zone, end: '06:00', validFrom: '2026-03-28', validTo: '2026-03-29' };
    const standing = { ...zone, untilResumed: true };
    await s.given({
      reports: { A: 'Active' },
      windows: [
        { ...evening, when: nights },
        { ...late, when: standing },
        { ...late, name: 'once' },
      ],
    });
    const { windows, problems } = await s.ask((service, call) => service.windows(call));
    const range = { atMs: s.now(), untilMs: s.now() + 80 * 86_400_000 };
    const { forecast } = await s.ask((service, call) => service.plan(range, call));

    const first = {
      fromLocal: '2026-03-28T22:00:00+01:00[Europe/Berlin]',
      untilLocal: '2026-03-29T06:00:00+02:00[Europe/Berlin]',
    };
    const second = {
      fromLocal: '2026-03-29T22:00:00+02:00[Europe/Berlin]',
      untilLocal: '2026-03-30T06:00:00+02:00[Europe/Berlin]',
    };
    const none = { end: null, untilResumed: false, validFrom: null, validTo: null };
    expect(problems).toEqual([]);
    expect(windows).toMatchObject([
      {
        end: '06:00',
        untilResumed: false,
        validFrom: '2026-03-28',
        validTo: '2026-03-29',
        next: [first, second],
      },
      { ...none, untilResumed: true, next: Array(5).fill({ untilUtc: null, untilLocal: null }) },
      none,
    ]);
    expect(forecast.filter(({ window }) => window === 'evening')).toMatchObject([first, second]);
  });

  scenario('a window that can do nothing is warned about before it begins', async (s) => {
    const nothing = { ...late, name: 'nothing', reports: { namePattern: 'Nothing*' } };
    const unknown = { ...late, name: 'unknown', reports: ['A', 'Z'] };
    const tooMany = { ...late, name: 'too-many', reports: { all: true }, maxReports: 1 };
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [evening, nothing, unknown, tooMany] });
    await s.at('19:00').tick();
    const told = (problems: readonly { window: string | null; code: string }[]) =>
      problems.map(({ window, code }) => `${window} ${code}`);
    const { problems } = await s.ask((service, call) => service.windows(call));
    const { warnings } = await s.ask((service, call) => service.plan({ atMs: s.now(), untilMs: null }, call));
    expect(told(problems)).toEqual([
      'nothing selects_none',
      'unknown unknown_report',
      'too-many window_over_limit',
    ]);
    expect(told(warnings)).toEqual(told(problems));
  });

  scenario('a window’s pause and resume are told as the window’s, whoever made the tick', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [evening] });
    await s.at('20:00').tick();
    await s.at('21:00').tick();
    const shown = await s.ask((service, call) => service.report(s.idOf('A'), call));
    expect(shown).toMatchObject({
      report: {
        history: [
          { what: 'resumed', who: 'window evening' },
          { what: 'paused', who: 'window evening' },
        ],
      },
    });
  });

  scenario('a report that somebody had paused before its window is told so all along', async (s) => {
    await s.given({ reports: { A: 'Paused' }, windows: [evening] });
    await s.at('20:00').tick();
    s.expectCodes({ A: 'foreign_pause' });
    await s.at('20:05').tick();
    s.expectCodes({ A: 'foreign_pause' });
    const shown = await s.ask((service, call) => service.report(s.idOf('A'), call));
    expect(shown).toMatchObject({ report: { reason: 'foreign_pause', expectedResumeReason: 'not_ours' } });
  });

  scenario('a report that was drained is told as drained, by whom and why', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [evening] });
    await s.at('20:00').tick();
    await s.at('20:10').drain();
    const shown = await s.ask((service, call) => service.report(s.idOf('A'), call));
    expect(shown).toMatchObject({
      report: {
        reason: 'resumed_already',
        holds: [
          { holder: 'window evening', state: 'dropped', why: expect.stringMatching(/^drained by .+: .+/) },
        ],
      },
    });
  });

  scenario(
    'one bad window and nothing due: the tick did all there was to do, and says which window',
    async (s) => {
      await s.given({
        reports: { A: 'Active' },
        windows: [evening, { ...late, name: 'bad', when: { start: 'x', timeZone: 'UTC' } }],
      });
      await s.at('19:00').tick();
      s.expectRun('partial');
      s.expectProblems(['windows_invalid']);
      expect(s.lastRun().problems[0]?.message).toContain('bad /1/schedule/start');
    },
  );
});
