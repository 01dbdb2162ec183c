import { tellPlan } from '../../../ctl/telling/tellPlan.ts';
import { tellStatus } from '../../../ctl/telling/tellStatus.ts';
import { tellWhy } from '../../../ctl/telling/tellWhy.ts';
import { tellWindows } from '../../../ctl/telling/tellWindows.ts';
import { sampleExplained, sampleHold, sampleReport } from './sampleAnswers.ts';

const style = { width: Number.POSITIVE_INFINITY, timeZone: 'UTC', showsAll: false };
const windows = { areReadable: true, windows: [], problems: [] };

describe('the status', () => {
  test('shows what is not as usual, the most urgent first, and counts the rest', () => {
    const reports = [
      sampleReport({ reportName: 'usual' }),
      sampleReport({ reportName: 'of a person', status: 'Paused', reason: 'paused_by_others' }),
      sampleReport({
        reportName: 'ours',
        status: 'Paused',
        ownership: 'paused',
        reason: 'held',
        holds: [sampleHold()],
      }),
      sampleReport({ reportName: 'lost', status: null, ownership: 'paused', reason: 'unseen' }),
      sampleReport({ reportName: 'late', status: 'Paused', ownership: 'paused', reason: 'resume_not_done' }),
      sampleReport({ reportName: 'unclear', status: 'Paused', ownership: 'doubtful', reason: 'doubtful' }),
      sampleReport({ reportName: 'over', status: 'Inactive', reason: 'inactive' }),
    ];

    const lines = tellStatus({ reports, problems: [] }, windows, style);

    expect(lines.slice(2, 7).map((line) => line.split('  ')[0])).toEqual([
      ...['unclear', 'lost', 'late', 'ours', 'of a person'],
    ]);
    expect(lines[5]).toContain('Held by window nightly until 2026-07-01 14:00Z.');
    expect(lines).toContain(
      '1 doubtful, 1 not seen, 1 owed, 1 ours, 1 foreign, 2 reports as usual (1 of them inactive).',
    );
    expect(lines.join('\n')).not.toContain('usual  ');
    expect(lines.at(-1)).toContain('--take-over');
  });

  test('names the account of each report where there are several, and not where there is one', () => {
    const one = sampleReport({ reportName: 'a', status: 'Paused', account: 'north' });
    const other = sampleReport({ reportName: 'b', status: 'Paused', account: 'south' });
    const headOf = (reports: (typeof one)[]) => tellStatus({ reports, problems: [] }, windows, style)[0];

    expect(headOf([one, other])).toMatch(/^Report +Id +Account +Now/);
    expect(tellStatus({ reports: [one, other], problems: [] }, windows, style)[3]).toMatch(/ south +Paused/);
    expect(headOf([one])).not.toContain('Account');
  });

  test.each([80, 120])('sums up above 50 rows, and lists what wants a person, in %d columns', (width) => {
    const held = sampleReport({
      status: 'Paused',
      ownership: 'paused',
      reason: 'held',
      holds: [sampleHold()],
    });
    const owed = { reportName: 'late', status: 'Paused', ownership: 'paused', reason: 'resume_not_done' };
    const attention = [{ cause: 'leftPaused' }];
    const left = sampleReport({ reportName: 'left', status: 'Paused', attention });
    const reports = [...Array.from({ length: 60 }, () => held), sampleReport(owed), left];
    const tell = (showsAll: boolean) =>
      tellStatus({ reports, problems: [] }, windows, { ...style, width, showsAll });

    const lines = tell(false);

    expect(lines).toContain('60 ours, held by window nightly until 2026-07-01 14:00Z');
    expect(lines.filter((line) => line.startsWith('daily'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('late'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('left'))).toContain('left paused');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(tell(true).filter((line) => line.startsWith('daily'))).toHaveLength(60);
  });

  test('tells what could not be read, and what is wrong with windows', () => {
    const problem = { code: 'unauthorized', account: 'north', message: 'sign-in refused' };
    const invalid = {
      window: 'nightly',
      pointer: '/0/schedule',
      code: 'bad_cron',
      message: 'no cron',
      severity: 'error',
    };

    const text = tellStatus(
      { reports: [], problems: [problem] },
      { areReadable: false, windows: [], problems: [invalid] },
      style,
    ).join('\n');

    expect(text).toContain('PROBLEM north: sign-in refused (unauthorized)');
    expect(text).toContain('PROBLEM windows: they could not be read, so no window begins');
    expect(text).toContain('PROBLEM window nightly at /0/schedule: no cron (bad_cron)');
  });
});

describe('windows of which some could not be read', () => {
  const unnamed = { window: null, pointer: '/1/name', code: 'bad_name', message: 'bad', severity: 'error' };
  const open = {
    ...{ name: 'nightly', account: 'default', enabled: true, timeZone: 'UTC', next: [] },
    now: { fromUtc: '2026-07-01T10:00:00Z', untilUtc: null },
  };

  test('are not told as if no pause began, while another is open', () => {
    const text = tellWindows({ areReadable: false, windows: [open], problems: [unnamed] }, style).join('\n');

    expect(text).toContain('PROBLEM windows: not all could be read. The 1 listed work;');
    expect(text).toContain('PROBLEM window ? at /1/name: bad (bad_name)');
    expect(text).toContain('open until somebody resumes');
    expect(text).not.toContain('no pause begins');
  });
});

describe('a window of certain dates', () => {
  const night = { fromUtc: '2026-07-01T22:00:00Z', untilUtc: '2026-07-02T06:00:00Z' };
  const nightly = {
    ...{ name: 'nightly', account: 'default', enabled: true, timeZone: 'UTC', now: null, next: [night] },
    ...{ validFrom: null, validTo: null },
  };
  const lineOf = (fields: object) =>
    tellWindows({ ...windows, windows: [{ ...nightly, ...fields }] }, style).at(-1);

  test.each([
    [{ validFrom: '2026-07-01', validTo: '2026-07-14' }, '; starts from 2026-07-01 until 2026-07-14'],
    [{ validFrom: '2026-07-01' }, '; starts from 2026-07-01 on'],
    [{ validTo: '2026-07-14' }, '; starts until 2026-07-14'],
    [{}, ''],
  ])('is told with them: %j', (dates, said) => {
    expect(lineOf(dates)?.trimEnd()).toMatch(/next .*2026-07-01 22:00Z until .*2026-07-02 06:00Z/);
    expect(lineOf(dates)?.trimEnd().endsWith(`06:00Z${said}`)).toBe(true);
  });
});

describe('the plan', () => {
  const plan = {
    ...{ atUtc: '2026-07-01T10:00:00Z', mode: 'act', reports: [], problems: [] },
    forecast: [
      {
        ...{ window: 'nightly', fromUtc: '2026-07-01T22:00:00Z', untilUtc: null },
        ...{ actions: { pause: 2 }, executions: 1 },
      },
    ],
    forecastCutAtUtc: '2026-07-02T22:00:00Z',
    warnings: [
      { window: 'many', pointer: '', code: 'selects_none', message: 'it selects none', severity: 'warning' },
    ],
  };

  test('tells which windows do nothing or do it for good, and where it was cut', () => {
    const text = tellPlan(plan, style).join('\n');

    expect(text).toContain('Warning window many: it selects none (selects_none)');
    expect(text).toContain(
      'The first 1 are shown, up to 2026-07-02 22:00Z. Go on: plan --at 2026-07-02T22:00:00Z',
    );
    expect(text).toMatch(/nightly +2026-07-01 22:00Z +resumed +2 pause, 1 execution due/);
  });
});

describe('why', () => {
  test('tells each hold by its state', () => {
    const holds = [
      sampleHold(),
      sampleHold({ state: 'foreign' }),
      sampleHold({ state: 'dropped', untilUtc: null, why: 'maintenance window' }),
    ];

    const text = tellWhy(sampleExplained({ holds }), style).join('\n');

    const window = 'Window nightly, from 2026-07-01 10:00Z until';
    expect(text).toContain(`${window} 2026-07-01 14:00Z, holds it.`);
    expect(text).toContain(`${window} 2026-07-01 14:00Z: it leaves the report alone`);
    expect(text).toContain(
      `from 2026-07-01 10:00Z without an end, until somebody resumes it: without effect, because somebody resumed it`,
    );
  });

  test('tells the evidence of whose pause it is, and nothing of it where we have done nothing', () => {
    const evidence = 'read Active 2026-07-01T09:59:58Z; not read since.';
    const told = (facts: { evidence?: string | null }) => tellWhy(sampleExplained(facts), style).join('\n');

    expect(told({ evidence })).toContain(`Evidence: ${evidence}`);
    expect([told({ evidence: null }), told({})].join('\n')).not.toContain('Evidence');
  });

  test('tells by whom and why a window’s hold was drained', () => {
    const holds = [sampleHold({ state: 'dropped', why: 'drained by ana: uninstall' })];

    expect(tellWhy(sampleExplained({ holds }), style).join('\n')).toContain(
      'without effect, because it was drained by ana: uninstall.',
    );
  });

  test('tells when it will be back, or who must ask', () => {
    const toldFor = (expectedResumeUtc: string | null, ownership = 'paused', expectedResumeReason = '') =>
      tellWhy(
        sampleExplained({ status: 'Paused', ownership, expectedResumeUtc, expectedResumeReason }),
        style,
      ).join('\n');

    expect(toldFor('2026-07-01T14:00:00Z')).toContain('Expected resume: 2026-07-01 14:00Z.');
    expect(toldFor(null, 'paused', 'when_asked')).toContain(
      'It stays so until somebody asks: resume b0000000',
    );
    expect(toldFor(null, 'paused', 'windows_without_gap')).toContain('none of them ever gives it back');
    expect(toldFor('2026-07-01T14:00:00Z', 'doubtful')).toContain('--take-over --reason');
    expect(toldFor('2026-07-01T14:00:00Z', 'doubtful')).not.toContain('Expected resume');
  });

  test('lets no control character of the reason or the name through', () => {
    const holds = [sampleHold({ holder: 'request', why: '\u001b[31mred\u0007' })];

    const lines = tellWhy(sampleExplained({ reportName: 'a\u001b[2Jb', holds }), style);

    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });
});
