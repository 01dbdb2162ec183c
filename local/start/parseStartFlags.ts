import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export type StartFlags =
  | {
      readonly kind: 'run';
      readonly once: boolean /** Of the functions; null for the usual one. */;
      readonly port: number | null;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** The flags in one line, for people. */
export const startUsage = 'Usage: npm start -- [--once] [--port N]';

/** Reads the flags. Pure. */
export function parseStartFlags(parameters: readonly string[]): StartFlags {
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        once: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      return { kind: 'wrong', message: `--port must be 0 to 65535, not "${values.port}". ${startUsage}` };
    }
    return { kind: 'run', once: values.once, port: values.port === undefined ? null : Number(values.port) };
  } catch (error: unknown) {
    const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    return { kind: 'wrong', message: `${String(message).split('. ')[0]}. ${startUsage}` };
  }
}
