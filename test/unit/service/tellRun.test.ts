import { makeRun, type Run, type RunProblem, type RunResult } from '../../../shared/service/run.ts';
import { tellRun } from '../../../shared/service/teller.ts';

/** At which level the line of each problem of such a run is written. */
function levelsOf(door: Run['door'], codes: readonly RunProblem['code'][]): readonly string[] {
  const told: string[] = [];
  const at = (level: string) => (line: string) => {
    const { event, code } = JSON.parse(line);
    if (event === 'RunProblem') told.push(`${level} ${code}`);
  };
  const problems = codes.map((code) => ({ code, account: 'default', message: 'as it is' }));
  tellRun(
    { info: at('info'), warn: at('warn'), error: at('error') },
    makeRun({
      ...{ runId: 'r', correlationId: 'c', door, startedUtc: '2026-03-01T12:00:00Z', durationInMs: 1 },
      ...{ problems, results: [], events: [] },
    }),
  );
  return told;
}

test('what meets thousands of reports alike is told of a hundred, and of how many more, and hides no other cause', () => {
  const told: { reportId: string; code: string; account: string; more?: number }[] = [];
  const result = (account: string, code: 'forbidden' | 'throttled', at: number): RunResult => ({
    ...{ account, reportId: `${at}`, reportName: '', outcome: 'failed', code, message: '' },
    ...{ before: 'Active', after: null, attempts: 1, durationInMs: 1, requestId: null },
  });
  const results = [
    ...Array.from({ length: 5_000 }, (_, at) => result('one', 'forbidden', at)),
    result('one', 'throttled', 1),
    result('other', 'forbidden', 2),
  ];
  const warn = (line: string) => {
    const { event, ...facts } = JSON.parse(line);
    if (event === 'ReportFailed') told.push(facts);
  };

  tellRun(
    { info: () => {}, warn, error: () => {} },
    makeRun({
      ...{ runId: 'r', correlationId: 'c', door: 'tick', startedUtc: '2026-03-01T12:00:00Z' },
      ...{ durationInMs: 1, problems: [], results, events: [] },
    }),
  );

  expect(told).toHaveLength(102);
  expect(told.filter(({ more }) => more !== undefined)).toMatchObject([{ reportId: '99', more: 4_900 }]);
  expect(told.slice(100)).toMatchObject([
    { account: 'one', code: 'throttled' },
    { account: 'other', code: 'forbidden' },
  ]);
});

describe('a problem of a run is told', () => {
  test('as an error where work is left undone', () => {
    expect(levelsOf('resume', ['ledger_unavailable', 'account_busy'])).toEqual([
      'error ledger_unavailable',
      'error account_busy',
    ]);
    expect(levelsOf('tick', ['account_starved', 'refresh_token_expired'])).toEqual([
      'error account_starved',
      'error refresh_token_expired',
    ]);
  });

  test('as news where what was asked for is done, or somebody else does it', () => {
    expect(levelsOf('resume', ['pause_superseded'])).toEqual(['info pause_superseded']);
    expect(levelsOf('tick', ['account_busy'])).toEqual(['info account_busy']);
  });
});
