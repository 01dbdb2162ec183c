// Plays docs/week.md and writes what its commands print into it.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'endToEnd',
    '--testPathPatterns',
    'endToEnd/week.test',
  ],
  { stdio: 'inherit', env: { ...process.env, INTERMISSION_WEEK: 'write' } },
);
process.exitCode = status ?? 1;
