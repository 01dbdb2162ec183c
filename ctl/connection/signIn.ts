import { CommandError } from '../commandError.ts';
import type { Connection } from '../commandLine.ts';

/** The headers that let a call in. */
export interface SignIn {
  /** @throws CommandError (3) where the Azure CLI has nobody signed in. */
  headers(nowMs: number): Promise<Readonly<Record<string, string>>>;
  /** What must never be shown. */
  secrets(): readonly string[];
}

/** A token that ends sooner than this is not sent any more. */
const MARGIN_IN_MS = 120_000;

/** Signs in with a function key, or as `az login` did. */
export function createSignIn(signIn: Connection['signIn']): SignIn {
  if (signIn.kind === 'key') {
    return {
      headers: async () => ({ 'x-functions-key': signIn.key }),
      secrets: () => [signIn.key],
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
    const { token, expiresOnTimestamp } = await new AzureCliCredential().getToken(scope);
    return { token, untilMs: expiresOnTimestamp };
  } catch {
    throw new CommandError(
      3,
      'azure_cli_failed',
      'The Azure CLI gave no token: install it, run "az login", and check --audience.',
    );
  }
}
