// `npm run bench`: runs every bench, each in a process of its own, and writes bench/RESULTS.md. `--only NAME` runs one and
// prints what it found; what follows NAME is handed to it.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine } from './parts/describeMachine.ts';
import { measurementShape } from './parts/measurementShape.ts';
import { resultsDocument } from './parts/resultsDocument.ts';
import { textOf } from './runBench.ts';

/** The quick ones first. */
const BENCHES = [
  'coldstart',
  'decide',
  'plan',
  'page',
  'bounds',
  'tick',
  'boundary',
  'small',
  'throughput',
  'throttled',
  'fleet',
];

const at = process.argv.indexOf('--only');
const only = at === -1 ? null : (process.argv[at + 1] ?? '');
if (only !== null && !BENCHES.includes(only)) {
  console.error(`--only must name one of: ${BENCHES.join(', ')}`);
  process.exit(2);
}
const startedMs = performance.now();
const found = [];
for (const name of only === null ? BENCHES : [only]) {
  const measurement = await run(name, only === null ? [] : process.argv.slice(at + 2));
  console.log(`${textOf(measurement)}\n`);
  found.push(measurement);
}
if (only === null) {
  const minutes = (performance.now() - startedMs) / 60_000;
  const document = resultsDocument(found, { ...(await describeMachine()), minutes });
  await writeFile(join(import.meta.dirname, 'RESULTS.md'), document);
  console.log(`bench/RESULTS.md is written, after ${minutes.toFixed(1)} minutes`);
}

async function run(name: string, more: readonly string[]) {
  const script = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '--json', ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) {
    throw new Error(`the bench ${name} ended with exit code ${code}`);
  }
  return measurementShape.parse(JSON.parse(text.trimEnd().split('\n').at(-1) ?? ''));
}
