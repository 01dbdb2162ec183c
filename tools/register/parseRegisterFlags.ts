import { parseArgs } from 'node:util';
import type { Family, Trust } from './calls.ts';
import type { AppWanted } from './registerApp.ts';

/** What `npm run register` was asked for. */
export type RegisterCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'app'; readonly wanted: AppWanted; readonly isPrinted: boolean }
  | { readonly kind: 'trust'; readonly clientId: string; readonly trust: Trust; readonly isPrinted: boolean }
  | {
      readonly kind: 'check';
      readonly clientId: string;
      readonly family: Family;
      readonly trust: Trust | null;
    }
  | { readonly kind: 'remove'; readonly clientId: string };

/** What `--help` prints. */
export const registerHelp = `Usage: npm run --silent register -- COMMAND [flags]

  app      makes the app registration        --for mpn|cmp --tenant TENANT_ID [--name Intermission] [--print]
  trust    lets the deployed app's identity prove it                          [--client-id ID] [--print]
  check    is it as the sign-in needs it?                                     [--client-id ID] [--for mpn|cmp]
  remove   deletes it, with its federated credentials                         [--client-id ID] --yes

  Works through the Azure CLI, as whoever is signed in there ("az login"). That takes the role Cloud Application
  Administrator or Application Administrator of the tenant.

  --for mpn|cmp    Partner Insights, or the commercial marketplace
  --print          prints the lines for a shell instead, and does nothing
  --client-id ID   the app registration; else APP_CLIENT_ID of the azd environment

  "trust" and "check" take FEDERATED_CREDENTIAL_ISSUER, _SUBJECT and _AUDIENCE from the azd environment, where "azd up"
  puts them; else --issuer URL, --subject OBJECT_ID and --audience URI.

Ends with 0 where it is done and nothing is missing, 1 where not, 2 for a wrong command line.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  ...{ for: text, tenant: text, name: text, 'client-id': text, issuer: text, subject: text, audience: text },
  ...{ print: flag, yes: flag, help: flag },
};

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads the flags, and the azd environment behind them. Pure. */
export function parseRegisterFlags(
  parameters: readonly string[],
  azd: Readonly<Record<string, string>>,
): RegisterCommand {
  const given = readFlags(parameters);
  if (given === null) {
    return wrong('There is no such flag, or its value is missing.');
  }
  const { values, positionals } = given;
  const [command, ...others] = positionals;
  if (values.help) {
    return { kind: 'help' };
  }
  if (others.length > 0) {
    return wrong('Name one command.');
  }
  const family = familyOf(values.for ?? (azd['SIGN_IN'] === 'federatedApp' ? 'cmp' : 'mpn'));
  if (family === null) {
    return wrong('--for is mpn or cmp.');
  }
  if (command === 'app') {
    const { tenant = azd['TENANT_ID'] ?? '', name = 'Intermission' } = values;
    if (values.for === undefined || !UUID.test(tenant) || !/^[\w.-]{1,90}$/.test(name)) {
      return wrong(
        'app needs --for mpn or cmp, and --tenant TENANT_ID in lower case; --name is of letters, digits, ".", "_" and "-".',
      );
    }
    return { kind: 'app', wanted: { name, family, tenantId: tenant }, isPrinted: values.print };
  }
  const clientId = values['client-id'] ?? azd['APP_CLIENT_ID'] ?? '';
  if (!UUID.test(clientId)) {
    return wrong('Give --client-id ID, or set APP_CLIENT_ID in the azd environment.');
  }
  const trust = trustOf(values, azd);
  switch (command) {
    case 'trust':
      return trust === null
        ? wrong('What to trust is not known: run "azd up" first, or give --issuer, --subject and --audience.')
        : { kind: 'trust', clientId, trust, isPrinted: values.print };
    case 'check':
      return { kind: 'check', clientId, family, trust };
    case 'remove':
      return values.yes
        ? { kind: 'remove', clientId }
        : wrong('remove wants --yes: nobody can sign in after it.');
    default:
      return wrong('Name a command: app, trust, check or remove.');
  }
}

type Flags = NonNullable<ReturnType<typeof readFlags>>['values'];

function trustOf(values: Flags, azd: Readonly<Record<string, string>>): Trust | null {
  const issuer = values.issuer ?? azd['FEDERATED_CREDENTIAL_ISSUER'] ?? '';
  const subject = values.subject ?? azd['FEDERATED_CREDENTIAL_SUBJECT'] ?? '';
  const audience = values.audience ?? azd['FEDERATED_CREDENTIAL_AUDIENCE'] ?? '';
  const isWhole = /^https:\/\/\S+$/.test(issuer) && UUID.test(subject) && /^api:\/\/\S+$/.test(audience);
  return isWhole ? { issuer, subject, audience } : null;
}

function familyOf(given: string): Family | null {
  return given === 'mpn' || given === 'cmp' ? given : null;
}

function readFlags(parameters: readonly string[]) {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch {
    return null;
  }
}

function wrong(message: string): RegisterCommand {
  return { kind: 'wrong', message };
}
