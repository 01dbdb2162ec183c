import { exitCodeOf } from '../../../ctl/judgeRun.ts';
import { tellRun } from '../../../ctl/telling/tellRun.ts';
import { sampleResult, sampleRun } from './sampleAnswers.ts';

const style = { width: 160, timeZone: 'UTC', showsAll: false };

describe('the exit code of a run', () => {
  test.each([
    ['paused', 'paused', 0],
    ['paused', 'alreadyPaused', 0],
    ['paused', 'foreign', 0],
    ['paused', 'inactive', 0],
    ['paused', 'skipped', 1],
    ['paused', 'doubtful', 1],
    ['paused', 'an outcome of tomorrow', 1],
    ['running', 'resumed', 0],
    ['running', 'alreadyActive', 0],
    ['running', 'stillHeld', 1],
    ['running', 'alreadyPaused', 1],
    ['running', 'foreign', 1],
    ['released', 'foreign', 0],
    ['released', 'stillHeld', 1],
    ['reconciled', 'skipped', 0],
    ['reconciled', 'doubtful', 1],
  ] as const)(
    'of reports to be %s, one %s is %d, even where the app counts no failure',
    (asked, outcome, code) => {
      expect(exitCodeOf(sampleRun([sampleResult(), sampleResult({ outcome })].slice(1)), asked)).toBe(code);
    },
  );

  test('is 1 where the run was stopped before it came to a report', () => {
    const result = sampleResult({ outcome: 'skipped', code: 'out_of_time' });

    expect(exitCodeOf(sampleRun([result]), 'reconciled')).toBe(1);
  });

  test.each(['partial', 'failed'])('is 1 where the app calls the run %s, whatever the results', (status) => {
    expect(exitCodeOf(sampleRun([sampleResult()], { status }), 'paused')).toBe(1);
  });
});

describe('a run for people', () => {
  test('never says that all is done where it is not', () => {
    const failed = sampleRun([], { status: 'failed', problems: [{ code: 'x', message: 'why' }] });
    const held = sampleRun([sampleResult({ outcome: 'stillHeld' })]);

    for (const run of [failed, held]) {
      const text = tellRun(run, 'running', style).join('\n');
      expect(text).toContain('NOT ALL DONE');
      expect(text).not.toContain('All done');
    }
  });

  test('lists what is not done in full and first, and counts the rest beyond 40', () => {
    const done = Array.from({ length: 100 }, (_, at) => sampleResult({ reportName: `good ${at}` }));
    const undone = Array.from({ length: 60 }, (_, at) =>
      sampleResult({ reportName: `bad ${at}`, outcome: 'failed', requestId: 'for-support' }),
    );

    const lines = tellRun(sampleRun([...done, ...undone], { status: 'partial' }), 'paused', style);

    expect(lines.filter((line) => line.startsWith('bad '))).toHaveLength(60);
    expect(lines.findLastIndex((line) => line.startsWith('bad '))).toBeLessThan(
      lines.findIndex((line) => line.startsWith('good ')),
    );
    expect(lines).toContain('... and 60 more as they should be (--all lists them).');
    expect(lines.join('\n')).toContain('MS-RequestId for-support');
    expect(tellRun(sampleRun(done), 'paused', { ...style, showsAll: true })).toHaveLength(104);
  });
});
