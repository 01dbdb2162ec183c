/**
 * `npm start`: the local cloud and the functions, one tick at once, then serving until Ctrl-C. With `--once`: one tick, its
 * run as one JSON line last on stdout, exit 0 where the run is ok, else 1. With `--demo`: a window from beginning to end,
 * exit 0 where all is as it should be, else 1. Wrong flags: exit 2.
 */
import type { LogLine } from './functionsHost/logLine.ts';
import { choosePort } from './start/choosePort.ts';
import { runDemo } from './start/demo/runDemo.ts';
import { ordinaryPlan } from './start/ordinaryPlan.ts';
import { parseStartFlags, type StartFlags, startHelp } from './start/parseStartFlags.ts';
import { formatRun } from './start/runTable.ts';
import { type LocalCloud, startLocalCloud } from './start/startLocalCloud.ts';
import { formatTelemetry } from './start/telemetryTable.ts';
import { runTick } from './start/tickRun.ts';
import { formatWelcome } from './start/welcome.ts';

const functionsPort = 7071;
const emulatorPort = 7080;

const flags = parseStartFlags(process.argv.slice(2));
try {
  process.exitCode = await start(flags);
} catch (error: unknown) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function start(asked: StartFlags): Promise<number> {
  switch (asked.kind) {
    case 'help':
      console.log(startHelp);
      return 0;
    case 'wrong':
      console.error(asked.message);
      return 2;
    case 'demo':
      console.log('Starting the local cloud: storage, Insights API, identity, functions ...');
      return runDemo({
        ...{ minuteInMs: asked.minuteInMs, fault: asked.fault, appDirectory: process.cwd() },
        ...{ say: console.log, interrupted: untilInterrupted() },
      });
    case 'run':
      return run({ ...asked, say: asked.once ? console.error : console.log });
  }
}

function untilInterrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve('interrupted'));
    }
  });
}

async function run(
  options: Extract<StartFlags, { kind: 'run' }> & { readonly say: (text: string) => void },
): Promise<number> {
  const { once, seed: seedFile, hasTwoAccounts, hasSample, say } = options;
  const interrupted = untilInterrupted();
  say('Starting the local cloud: storage, Insights API, identity, functions ...');
  const plan = ordinaryPlan({
    ...{ appDirectory: process.cwd(), seedFile, hasTwoAccounts, hasSample, hasTimer: !once, say },
    functionsPort: options.port ?? (once ? 0 : await choosePortAloud('functions', functionsPort, say)),
    emulatorPort: once ? 0 : await choosePortAloud('Insights API', emulatorPort, say),
  });
  const starting = startLocalCloud(plan);
  const first = await Promise.race([starting, interrupted]);
  const cloud = first === 'interrupted' ? await starting : first;
  try {
    return first === 'interrupted' ? 0 : await tickAndServe({ cloud, once, say, interrupted });
  } finally {
    await cloud.stop();
  }
}

async function tickAndServe(options: {
  cloud: LocalCloud;
  once: boolean;
  say: (text: string) => void;
  interrupted: Promise<'interrupted'>;
}): Promise<number> {
  const { cloud, once, say, interrupted } = options;
  const died = cloud.died.then((sentence): never => {
    throw new Error(sentence);
  });
  // Also lost when the cloud is stopped on purpose, when nobody waits for it any more.
  died.catch(() => undefined);
  for (const problem of cloud.host.problems) {
    say(problem);
  }
  cloud.host.onLine((line) => tellLine(line, say));
  const ticked = await Promise.race([
    runTick({ url: cloud.host.url, functionKey: cloud.functionKey }),
    died,
    interrupted,
  ]);
  if (ticked === 'interrupted') {
    return 0;
  }
  if ('refusal' in ticked) {
    say(`\n${ticked.refusal}`);
    if (once) return 1;
  } else {
    say(`\n${formatRun(ticked)}`);
    say(`\n${formatTelemetry(cloud.ingestion.received)}`);
    if (once) {
      process.stdout.write(`${JSON.stringify(ticked)}\n`);
      return ticked.status === 'ok' ? 0 : 1;
    }
  }
  say(formatWelcome(cloud));
  await Promise.race([interrupted, died]);
  say('\nStopping ...');
  return 0;
}

function tellLine(line: LogLine, say: (text: string) => void): void {
  if (
    line.level === 'warning' ||
    line.level === 'error' ||
    line.level === 'critical' ||
    line.message.startsWith('Executed ')
  ) {
    say(`${line.at.slice(11, 19)} ${line.level.padEnd(11)} ${line.message}`);
  }
}

async function choosePortAloud(
  what: string,
  preferred: number,
  say: (text: string) => void,
): Promise<number> {
  const port = await choosePort(preferred);
  if (port !== preferred) {
    say(`Port ${preferred} is taken: ${what} takes a free one.`);
  }
  return port;
}
