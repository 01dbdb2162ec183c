import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { operate } from '../../ctl/operate.ts';
import { runSchema } from './wireShapes.ts';

/** How the command ended and what it showed. */
export interface CtlEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIME_ZONE = 'Europe/Berlin';

/** Runs the operator's command as a shell would. */
export function runCtl(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<CtlEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'ctl/main.ts', ...argv], {
      env: { PATH: process.env['PATH'] ?? '', TZ: TIME_ZONE, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    // A command that reads no input has closed it.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Does what the command does, in this process: a fifth of the computing. */
export async function operateHere(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
  width = Number.POSITIVE_INFINITY,
): Promise<CtlEnd> {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await operate(argv, {
    ...{ env, timeZone: TIME_ZONE, width, nowMs: Date.now },
    readVersion: async () => 'of a test',
    readInput: async () => input,
    readFile: (path) => readFile(path, 'utf8'),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    progress: (text) => err.push(text),
    redraw: (text) => out.push(text),
    isColoured: false,
    interrupted: () => new Promise(() => {}),
    sleep: (durationInMs) => sleep(durationInMs),
  });
  const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  return { exitCode, stdout: textOf(out), stderr: textOf(err) };
}

/** What `--json` prints around the answer of the app. */
const ctlDocument = z.object({
  ok: z.boolean(),
  exitCode: z.number(),
  command: z.string().optional(),
  answer: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** The document on standard output, which must hold nothing else. */
export function documentOf({ stdout }: CtlEnd) {
  return ctlDocument.parse(JSON.parse(stdout));
}

/** The run in the document on standard output. */
export function runOf(end: CtlEnd) {
  return runSchema.parse(documentOf(end).answer);
}
