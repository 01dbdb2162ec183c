import { parseArgs } from 'node:util';
import { CommandError } from '../../ctl/commandError.ts';
import type { Connection } from '../../ctl/commandLine.ts';
import { parseConnection } from '../../ctl/connection/parseConnection.ts';

/** What `npm run consent` was asked for. */
export type ConsentCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'run';
      readonly account: string;
      /** The origin of an Entra that is none of Microsoft's own; null where it is one of those. */
      readonly authority: string | null;
      readonly connection: Connection;
      readonly port: number;
      readonly opensBrowser: boolean;
      readonly waitInMs: number;
    };

/** What `--help` prints. */
export const consentHelp = `Usage: npm run consent -- --account NAME --url URL [flags]

  Lets the Insights user of an account sign in once, with MFA, in the browser of this machine. The app redeems the sign-in
  and keeps the refresh token in its Key Vault; nothing secret comes to this machine.

  --account NAME   the account of the settings; "default" for the simple ones
  --url URL        the app, e.g. https://NAME.azurewebsites.net; else INTERMISSION_URL
  --key KEY        the app's host key "_master"; better in INTERMISSION_KEY, where no list of processes shows it
  --audience URI   sign in as "az login" did instead, for this application id URI; else INTERMISSION_AUDIENCE
  --authority URL  the Entra of a private cloud, as AUTHORITY_HOST names it for the app; else INTERMISSION_AUTHORITY.
                   Without it only Microsoft's own addresses are opened
  --port N         8400; http://localhost:N/consent must be a web redirect of the app registration
  --no-browser     only print the address to open; on this machine, or through a tunnel to its port
  --wait MINUTES   how long to wait for the sign-in, 10 by default

Ends with 0 where the refresh token is stored and works, 1 where not, 2 for a wrong command line, 3 where the app could not
be reached or refused the key.`;

const options = {
  account: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  audience: { type: 'string' },
  authority: { type: 'string' },
  port: { type: 'string', default: '8400' },
  'no-browser': { type: 'boolean', default: false },
  wait: { type: 'string', default: '10' },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the flags, and the environment behind them. */
export function parseConsentFlags(
  parameters: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ConsentCommand {
  try {
    const { values } = parseArgs({ args: [...parameters], options, strict: true });
    if (values.help) {
      return { kind: 'help' };
    }
    const { account, port, wait } = values;
    if (account === undefined || !/^[a-z0-9-]{1,63}$/.test(account)) {
      return wrong('Give --account NAME, as the settings name it: "default" for the simple ones.');
    }
    if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
      return wrong('--port is 1 to 65535.');
    }
    if (!/^\d{1,3}$/.test(wait) || Number(wait) < 1) {
      return wrong('--wait is minutes, 1 to 999.');
    }
    const authority = values.authority ?? env['INTERMISSION_AUTHORITY'] ?? '';
    if (authority !== '' && !/^https:\/\/[^/?#@\s]+\/?$/.test(authority)) {
      return wrong(
        '--authority (or INTERMISSION_AUTHORITY) is an address like https://login.example, without a path.',
      );
    }
    return {
      authority: authority === '' ? null : new URL(authority).origin,
      ...{ kind: 'run', account, port: Number(port), opensBrowser: !values['no-browser'] },
      connection: parseConnection(values, env),
      waitInMs: Number(wait) * 60_000,
    };
  } catch (error) {
    return wrong(
      error instanceof CommandError || isParseError(error) ? error.message : 'The flags are wrong.',
    );
  }
}

function isParseError(error: unknown): error is { readonly message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS') &&
    'message' in error
  );
}

function wrong(message: string): ConsentCommand {
  return { kind: 'wrong', message };
}
