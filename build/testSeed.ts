import { execFileSync } from 'node:child_process';

/** Which sample this run draws: `TEST_SEED`, else the commit; where there is no repository always the same. */
export function testSeed(): string {
  return process.env['TEST_SEED'] ?? commit() ?? 'no commit';
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}
