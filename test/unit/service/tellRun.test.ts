import { makeRun, type Run, type RunProblem } from '../../../shared/service/run.ts';
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
