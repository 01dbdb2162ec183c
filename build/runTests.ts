// Runs the tests on the pinned Node, what can differ there on the second one, and the check of the infrastructure, and closes
// with the sum in one plain line. `--long` runs the exhaustive forms of all that draws a sample else.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { sampleOf } from './sample.ts';
import { testSeed } from './testSeed.ts';

const SECOND_NODE = 'node_modules/also-node-24/bin/node';
/** The data of time zones, TLS under the real SDKs, and the bundle with an app that works. */
const WHAT_CAN_DIFFER = [
  'test/unit/windows/(allTimeZones|zones)',
  'integration/keyVault.test',
  'endToEnd/timer',
];
/** What starts processes and servers; of these files the fast run draws a fourteenth, and has those of {@link CORE}. */
const SLOW = ['integration', 'integration/scenarios', 'endToEnd'];
/** Whose pause it is, what a killed process leaves, where the token goes, and the doors. */
const CORE =
  /(?:scenarios\/whosePause\w*|crashMatrix|simulation|ledgerLease|ledgerRows|ledgerOfFirstDesign|insightsClientConnections|endToEnd\/(?:timer|requests|ownershipJudge|killed))\.test\.ts$/;

const summaryShape = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What failed, a line each, told once more before the sum: what one looks for in the tail of a long log. */
  readonly failures: readonly string[];
}

/** The failed tests of a run, and the files that could not be run at all. */
function failuresOf({ testResults }: z.infer<typeof summaryShape>): readonly string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative('.', name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}: could not be run`];
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
}

/** Runs a script; what it writes to standard error is shown at once. */
function runNode(nodePath: string, parameters: readonly string[]): Promise<Ended> {
  const child = spawn(nodePath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout }));
  });
}

async function runJest(nodePath: string, jestArguments: readonly string[]): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'intermission-tests-'));
  const outputFile = join(directory, 'summary.json');
  const options = [
    ...['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', ...jestArguments],
    ...['--json', `--outputFile=${outputFile}`],
  ];
  // With --json Jest writes its own summary to standard output and what people read to standard error.
  const { status } = await runNode(nodePath, options);
  const text = await readFile(outputFile, 'utf8').catch(() => '{}');
  await rm(directory, { recursive: true });
  const summary = summaryShape.safeParse(JSON.parse(text));
  if (!summary.success) {
    return { passed: 0, failed: 1, failures: ['the tests could not be run'] };
  }
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = summary.data;
  // A suite that cannot be loaded has no failed test, and a run may fail for a reason of its own.
  const failed = numFailedTests + (numFailedTests === 0 && (numFailedTestSuites > 0 || status !== 0) ? 1 : 0);
  return { passed, failed, failures: failuresOf(summary.data) };
}

async function runOnSecondNode(jestArguments: readonly string[]): Promise<Outcome> {
  if (!existsSync(SECOND_NODE)) {
    console.error('\nThe second Node comes for Linux only; its tests were not run.');
    return { passed: 0, failed: 0, failures: [] };
  }
  console.error('\nWhat can differ, on the second Node:');
  // One processor is for the infrastructure meanwhile.
  const workers = `--maxWorkers=${Math.max(1, availableParallelism() - 1)}`;
  return runJest(SECOND_NODE, [workers, '--testPathPatterns', ...jestArguments]);
}

/** A skip is told by the check itself, loudly, and happens only where no compiler can be had. */
async function checkInfrastructure(): Promise<Outcome> {
  const options = ['--disable-warning=ExperimentalWarning', 'build/infraCheck.ts'];
  const { status, stdout } = await runNode(process.execPath, options);
  console.error(`\nThe infrastructure:\n${stdout.trimEnd()}`);
  const [, passed, failed] = /^infra:check: (\d+) passed, (\d+) failed/m.exec(stdout) ?? [];
  if (passed === undefined || failed === undefined) {
    return { passed: 0, failed: 1, failures: ['the infrastructure could not be checked'] };
  }
  const failures = [...stdout.matchAll(/^ *FAILED +(.*)$/gm)].map(([, what]) => `infra:check: ${what}`);
  return { passed: Number(passed), failed: Math.max(Number(failed), status === 0 ? 0 : 1), failures };
}

const slowFiles = SLOW.flatMap((folder) =>
  readdirSync(join('test', folder)).map((name) => `${folder}/${name}`),
).filter((file) => file.endsWith('.test.ts'));
const optional = slowFiles.filter((file) => !CORE.test(file));

async function runAll(given: readonly string[]): Promise<readonly Outcome[]> {
  if (given[0] === '--long') {
    process.env['TEST_LONG'] = '1';
    // Every test that draws a sample else, and every one that may not have been drawn.
    const related = ['build/sample.ts', ...slowFiles.map((file) => join('test', file))];
    const exhaustive = await runJest(process.execPath, ['--findRelatedTests', ...related]);
    // There the runtime is another; what is drawn was all tried just now.
    delete process.env['TEST_LONG'];
    return [exhaustive, await runOnSecondNode(['test/unit/', ...WHAT_CAN_DIFFER])];
  }
  if (given.length > 0) {
    return [await runJest(process.execPath, given)];
  }
  const drawn = sampleOf('slow files', Math.ceil(optional.length / 14), optional);
  const others = optional.filter((file) => !drawn.includes(file)).map((file) => `/test/${file}$`);
  const tests = await runJest(process.execPath, ['--testPathIgnorePatterns', '/node_modules/', ...others]);
  return [tests, ...(await Promise.all([runOnSecondNode(WHAT_CAN_DIFFER), checkInfrastructure()]))];
}

process.env['TEST_SEED'] = testSeed();
console.error(`TEST_SEED=${testSeed()} draws the samples of this run.`);
const outcomes = await runAll(process.argv.slice(2));
const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
for (const failure of outcomes.flatMap(({ failures }) => failures)) console.error(`FAILED ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
