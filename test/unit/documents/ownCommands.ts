import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CommandError } from '../../../ctl/commandError.ts';
import { parseCommandLine } from '../../../ctl/parseCommandLine.ts';
import { parseStartFlags } from '../../../local/start/parseStartFlags.ts';
import { parseConsentFlags } from '../../../tools/consent/parseConsentFlags.ts';
import { parseWebhookFlags } from '../../../tools/parseWebhookFlags.ts';
import { parseRegisterFlags } from '../../../tools/register/parseRegisterFlags.ts';
import { SUBSTITUTED } from './splitShell.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

const UUID = '22222222-2222-4222-8222-222222222222';
const env = {
  ...{ INTERMISSION_URL: 'https://app.example', INTERMISSION_KEY: 'function-key' },
  INTERMISSION_STORAGE: 'account1',
};
const azd = {
  APP_CLIENT_ID: UUID,
  FEDERATED_CREDENTIAL_ISSUER: 'https://login.microsoftonline.com/tenant/v2.0',
  FEDERATED_CREDENTIAL_SUBJECT: UUID,
  FEDERATED_CREDENTIAL_AUDIENCE: 'api://AzureADTokenExchange',
};

/** What each stands for: a reader puts the right one there. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  ...{ REPORT_ID: UUID, RUN_ID: UUID, CLIENT_ID: UUID, TENANT_ID: UUID, $TENANT_ID: UUID, KEY_ID: UUID },
  ...{
    URL: 'https://app.example',
    $INTERMISSION_URL: 'https://app.example',
    substituted: 'https://app.example',
  },
  ...{ JSON: '{"action":"pause"}', NAME: 'default', INSTANT: '2026-12-06T04:00:00Z' },
};

/** What a call of npm asks for that the project does not have, or its own parser does not take; null where all is well. */
export function wrongNpm(words: readonly string[]): string | null {
  const [verb = '', ...rest] = words.filter((word) => word !== '--silent');
  if (['ci', 'test'].includes(verb)) {
    return null;
  }
  const name = verb === 'run' ? rest[0] : verb;
  if (name === undefined) {
    return null;
  }
  if (!(name in scripts)) {
    return `there is no script ${name}`;
  }
  const dashes = words.indexOf('--');
  return dashes === -1 ? null : wrongOwn(name, words.slice(dashes + 1));
}

/** The same for a command of ours and its parameters. */
export function wrongOwn(name: string, parameters: readonly string[]): string | null {
  const given = parameters.map((word) => {
    const bare = word.replace(/\.\.\.$/, '');
    return STANDS_FOR[bare] ?? bare.replace(SUBSTITUTED, 'https://app.example');
  });
  switch (name) {
    case 'ctl':
      try {
        parseCommandLine(given, env);
        return null;
      } catch (error) {
        return error instanceof CommandError ? error.message : String(error);
      }
    case 'consent':
      return messageOf(parseConsentFlags(given, env));
    case 'webhook':
      return messageOf(parseWebhookFlags(given, 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0'));
    case 'register':
      return messageOf(parseRegisterFlags(given, azd));
    case 'start':
      return messageOf(parseStartFlags(given));
    default:
      return null;
  }
}

function messageOf(parsed: { readonly kind: string; readonly message?: string }): string | null {
  return parsed.kind === 'wrong' ? (parsed.message ?? 'it is refused') : null;
}
