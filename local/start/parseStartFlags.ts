import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export type StartFlags =
  | {
      readonly kind: 'run';
      readonly once: boolean;
      /** Of the functions; null for the usual one. */
      readonly port: number | null;
      /** The file that the Insights API begins with; null for the built-in reports. */
      readonly seed: string | null;
      /** An account on `mpn` and one on `cmp`, in place of the one. */
      readonly hasTwoAccounts: boolean;
      /** The sample's window and its source of webhooks. */
      readonly hasSample: boolean;
    }
  | {
      readonly kind: 'demo';
      /** Real time that a minute of the demo takes. */
      readonly minuteInMs: number;
      /** Parsed JSON; null for none. */
      readonly fault: unknown;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** The flags in one line, for people. */
const startUsage =
  'Usage: npm start -- [--once] [--port N] [--seed FILE] [--two-accounts] [--no-sample] | --demo [--pace S] [--fault JSON] | --help';

/** What `--help` prints. */
export const startHelp = `${startUsage}

Runs the functions against a local cloud: no Azure account, no internet.

  (nothing)     pauses the sample reports in a window that is on now, shows the result, and serves until Ctrl-C
  --once        one tick, its run as one JSON line last on stdout; exits 0 where the run is ok, else 1
  --port N      port of the functions, 7071 by default; 0 for any free one
  --seed FILE   reports, people and settings of the Insights API, as GET /_admin/state shows them (local/README.md)
  --two-accounts
                an account "mpn" and an account "cmp" in place of the one called "default"
  --no-sample   without the window that is on now and without the source of webhooks

  --demo        a maintenance window from beginning to end in under a minute, told line by line;
                exits 0 where every report ends as it should, else 1
  --pace S      seconds that a minute of the demo takes, 1 by default; 0 does not wait
  --fault JSON  one more fault of the Insights API in the demo (local/README.md, "Faults"), e.g.
                '{"kind":"forbidden","operation":"resumeReport","times":null}'`;

const maxPaceInSeconds = 60;

/** Reads the flags. Pure. */
export function parseStartFlags(parameters: readonly string[]): StartFlags {
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        once: { type: 'boolean', default: false },
        port: { type: 'string' },
        seed: { type: 'string' },
        'two-accounts': { type: 'boolean', default: false },
        'no-sample': { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        pace: { type: 'string' },
        fault: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    return values.demo ? parseDemo(values) : parseRun(values);
  } catch (error: unknown) {
    const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    return wrong(`${String(message).split('. ')[0]}.`);
  }
}

interface Values {
  once: boolean;
  port?: string | undefined;
  seed?: string | undefined;
  'two-accounts': boolean;
  'no-sample': boolean;
  pace?: string | undefined;
  fault?: string | undefined;
}

function parseRun({ once, port, seed, pace, fault, ...values }: Values): StartFlags {
  if (pace !== undefined || fault !== undefined) {
    return wrong('--pace and --fault are for --demo.');
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    return wrong(`--port must be 0 to 65535, not "${port}".`);
  }
  return {
    kind: 'run',
    once,
    port: port === undefined ? null : Number(port),
    seed: seed ?? null,
    hasTwoAccounts: values['two-accounts'],
    hasSample: !values['no-sample'],
  };
}

function parseDemo({ once, port, seed, pace = '1', fault = 'null', ...values }: Values): StartFlags {
  if (once || port !== undefined || seed !== undefined || values['two-accounts'] || values['no-sample']) {
    return wrong('--demo takes --pace and --fault alone.');
  }
  if (!/^\d+(\.\d+)?$/.test(pace) || Number(pace) > maxPaceInSeconds) {
    return wrong(`--pace must be 0 to ${maxPaceInSeconds} seconds, not "${pace}".`);
  }
  try {
    return { kind: 'demo', minuteInMs: Number(pace) * 1000, fault: JSON.parse(fault) };
  } catch {
    return wrong('--fault must be JSON.');
  }
}

function wrong(message: string): StartFlags {
  return { kind: 'wrong', message: `${message} ${startUsage}` };
}
