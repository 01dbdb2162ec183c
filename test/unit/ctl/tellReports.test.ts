import { reasonWords } from '../../../ctl/telling/reasonWords.ts';
import { tellStatus } from '../../../ctl/telling/tellStatus.ts';
import { tellWhy } from '../../../ctl/telling/tellWhy.ts';
import { reasonEntries } from '../../../shared/faults/reasonEntries.ts';
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
    expect(text).toContain('PROBLEM windows: they could not be read');
    expect(text).toContain('PROBLEM window nightly at /0/schedule: no cron (bad_cron)');
  });
});

describe('why', () => {
  test('has words for every reason the app may give', () => {
    const reasons = Object.keys(reasonEntries);

    expect(reasons.length).toBeGreaterThan(15);
    expect(reasons.filter((reason) => reasonWords[reason] === undefined)).toEqual([]);
  });

  test('tells each hold by its state', () => {
    const holds = [
      sampleHold(),
      sampleHold({ state: 'foreign' }),
      sampleHold({ state: 'dropped', untilUtc: null }),
    ];

    const text = tellWhy(sampleExplained({ holds }), style).join('\n');

    const window = 'Window nightly, from 2026-07-01 10:00Z until';
    expect(text).toContain(`${window} 2026-07-01 14:00Z, holds it.`);
    expect(text).toContain(`${window} 2026-07-01 14:00Z: it leaves the report alone`);
    expect(text).toContain(`${window} somebody resumes it: without effect`);
  });

  test('tells when it will be back, or who must ask', () => {
    const toldFor = (expectedResumeUtc: string | null, ownership = 'paused') =>
      tellWhy(sampleExplained({ status: 'Paused', ownership, expectedResumeUtc }), style).join('\n');

    expect(toldFor('2026-07-01T14:00:00Z')).toContain('Expected resume: 2026-07-01 14:00Z.');
    expect(toldFor('whenAsked')).toContain('It stays so until somebody asks: resume b0000000');
    expect(toldFor('2026-07-01T14:00:00Z', 'doubtful')).toContain('--take-over --reason');
    expect(toldFor('2026-07-01T14:00:00Z', 'doubtful')).not.toContain('Expected resume');
  });

  test('lets no control character of the reason or the name through', () => {
    const holds = [sampleHold({ holder: 'request', why: '\u001b[31mred\u0007' })];

    const lines = tellWhy(sampleExplained({ reportName: 'a\u001b[2Jb', holds }), style);

    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });
});
