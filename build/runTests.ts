// Runs every test on the pinned Node, then the unit tests and one end-to-end test on the second one, and closes with
// the sum of both in one plain line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const SECOND_NODE = 'node_modules/also-node-24/bin/node';
const ON_SECOND_NODE = [
  '--selectProjects',
  'unit',
  'endToEnd',
  '--testPathPatterns',
  'test/unit/',
  'endToEnd/timer',
];

const summaryShape = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

async function runJest(nodePath: string, jestArguments: readonly string[]): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'intermission-tests-'));
  const outputFile = join(directory, 'summary.json');
  const options = ['node_modules/jest/bin/jest.js', ...jestArguments, '--json', `--outputFile=${outputFile}`];
  // With --json Jest writes its own summary to standard output and what people read to standard error.
  const { status } = spawnSync(nodePath, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  const text = await readFile(outputFile, 'utf8').catch(() => '{}');
  await rm(directory, { recursive: true });
  const summary = summaryShape.safeParse(JSON.parse(text));
  if (!summary.success) {
    return { passed: 0, failed: 1 };
  }
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = summary.data;
  // A suite that cannot be loaded has no failed test, and a run may fail for a reason of its own.
  const failed = numFailedTests + (numFailedTests === 0 && (numFailedTestSuites > 0 || status !== 0) ? 1 : 0);
  return { passed, failed };
}

/** A skip is told by the check itself, loudly, and happens only where no compiler can be had. */
function checkInfrastructure(): Outcome {
  const options = ['--disable-warning=ExperimentalWarning', 'build/infraCheck.ts'];
  const { status, stdout } = spawnSync(process.execPath, options, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  console.error(stdout.trimEnd());
  const [, passed, failed] = /^infra:check: (\d+) passed, (\d+) failed/m.exec(stdout) ?? [];
  if (passed === undefined || failed === undefined) {
    return { passed: 0, failed: 1 };
  }
  return { passed: Number(passed), failed: Math.max(Number(failed), status === 0 ? 0 : 1) };
}

const given = process.argv.slice(2);
const outcomes = [await runJest(process.execPath, given)];
if (given.length === 0 && existsSync(SECOND_NODE)) {
  console.error('\nThe same on the second Node:');
  outcomes.push(await runJest(SECOND_NODE, ON_SECOND_NODE));
} else if (given.length === 0) {
  console.error('\nThe second Node comes for Linux only; its tests were not run.');
}
if (given.length === 0) {
  console.error('\nThe infrastructure:');
  outcomes.push(checkInfrastructure());
}
const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
