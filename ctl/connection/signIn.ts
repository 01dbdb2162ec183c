import { CommandError } from '../commandError.ts';
import type { Connection } from '../commandLine.ts';

/** The headers that let a call in. */
export interface SignIn {
  /** @throws CommandError (3) where the Azure CLI is not there, has nobody signed in, or may get no token. */
  headers(nowMs: number): Promise<Readonly<Record<string, string>>>;
  /** What must never be shown. */
  secrets(): readonly string[];
}

/** A token that ends sooner than this is not sent any more. */
const MARGIN_IN_MS = 120_000;

/** The Azure CLI is a program of its own, and may wait for somebody. */
const CLI_TIMEOUT_IN_MS = 60_000;

/** Signs in with a function key, or as `az login` did. */
export function createSignIn(signIn: Connection['signIn']): SignIn {
  if (signIn.kind === 'key') {
    const { key, by } = signIn;
    const headers = { 'x-functions-key': key, ...(by === undefined ? {} : { 'x-requested-by': by }) };
    return {
      headers: async () => headers,
      secrets: () => [key],
    };
  }
  let held: { readonly token: string; readonly untilMs: number } | null = null;
  const secrets: string[] = [];
  return {
    headers: async (nowMs) => {
      if (held === null || held.untilMs - MARGIN_IN_MS < nowMs) {
        held = await cliToken(signIn.audience);
        secrets.push(held.token);
      }
      return { authorization: `Bearer ${held.token}` };
    },
    secrets: () => secrets,
  };
}

async function cliToken(audience: string): Promise<{ token: string; untilMs: number }> {
  // Loaded only here: whoever has a key shall not wait for it.
  const { AzureCliCredential } = await import('@azure/identity');
  const scope = audience.endsWith('/.default') ? audience : `${audience}/.default`;
  try {
    const { token, expiresOnTimestamp } = await new AzureCliCredential({
      processTimeoutInMs: CLI_TIMEOUT_IN_MS,
    }).getToken(scope);
    return { token, untilMs: expiresOnTimestamp };
  } catch (error: unknown) {
    const { code, remedy } = explainCli(error instanceof Error ? error.message : '');
    throw new CommandError(3, code, `The Azure CLI gave no token: ${remedy}.`);
  }
}

/** What to do, by what the credential says. Of Entra's own words the code alone is repeated. */
function explainCli(message: string): { readonly code: string; readonly remedy: string } {
  if (/could not be found/i.test(message)) {
    return { code: 'azure_cli_missing', remedy: 'there is no "az" here; install it, or use a function key' };
  }
  const entraCode = /\bAADSTS\d{4,9}\b/.exec(message)?.[0];
  if (entraCode !== undefined) {
    const advice = 'check --audience, and that the app registration lets the Azure CLI in (docs/callers.md)';
    return { code: 'azure_cli_refused', remedy: `Entra refused it with ${entraCode}; ${advice}` };
  }
  return /az login/i.test(message)
    ? { code: 'azure_cli_signed_out', remedy: 'nobody is signed in there; run "az login"' }
    : { code: 'azure_cli_failed', remedy: 'run "az login", and check --audience' };
}
