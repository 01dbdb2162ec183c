import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type PolicyChange, parsePolicyChange } from './policies/policies.ts';
import { presets } from './policies/presets.ts';

/** What the command line asked for. */
export type Flags =
  | {
      kind: 'run';
      port: number;
      seedFile: string | null;
      stateFile: string | null;
      policies: PolicyChange;
    }
  | { kind: 'help' }
  | { kind: 'wrong'; problems: string[] };

export const usage = `Usage: npm run emulator -- --port N [--seed FILE] [--state FILE] [--preset NAME] [--policies JSON]
  --port N      port on 127.0.0.1; 0 takes a free one
  --seed FILE   start with this state document instead of the built-in reports
  --state FILE  keep the state there; a file that exists wins over the seed
  --preset NAME behave like the service of this name: ${Object.keys(presets).join(', ')}
  --policies JSON
                behave so, e.g. '{"listLagInMs":60000}'; wins over the preset`;

/** Reads the emulator's flags, and reports every fault among them at once. Pure. */
export function parseFlags(argv: readonly string[]): Flags {
  let values: {
    port?: string;
    seed?: string;
    state?: string;
    preset?: string;
    policies?: string;
    help?: boolean;
  };
  try {
    const options = {
      port: { type: 'string' },
      seed: { type: 'string' },
      state: { type: 'string' },
      preset: { type: 'string' },
      policies: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    values = parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    return { kind: 'wrong', problems: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  const policies = readPolicies(values);
  const problems = [
    ...(values.port === undefined ? ['--port is missing.'] : []),
    ...(values.port === undefined || isPort(values.port)
      ? []
      : [`--port must be 0 to 65535, not "${values.port}".`]),
    ...(values.seed === '' ? ['--seed needs a file.'] : []),
    ...(values.state === '' ? ['--state needs a file.'] : []),
    ...policies.problems,
  ];
  if (problems.length > 0) {
    return { kind: 'wrong', problems };
  }
  return {
    kind: 'run',
    port: Number(values.port),
    seedFile: values.seed ?? null,
    stateFile: values.state ?? null,
    policies: policies.change,
  };
}

function readPolicies(flags: { preset?: string; policies?: string }): {
  change: PolicyChange;
  problems: string[];
} {
  try {
    const named: unknown = JSON.parse(flags.policies ?? '{}');
    const preset = flags.preset === undefined ? {} : { preset: flags.preset };
    return { change: parsePolicyChange({ ...preset, ...z.looseObject({}).parse(named) }), problems: [] };
  } catch (error) {
    const problem =
      error instanceof z.ZodError ? z.prettifyError(error) : `--policies is not JSON: ${flags.policies}`;
    return { change: {}, problems: [problem] };
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}
