import { parseApiBase } from '../insights/apiBase.ts';
import type { Account } from '../model/account.ts';
import { accountKeyOf } from '../model/accountKey.ts';
import type { AppCredential, AppRegistration, SignIn } from '../model/signIn.ts';
import { clouds } from '../signIn/clouds.ts';
import type { AccountInput } from './accountFields.ts';
import type { SettingProblem, Settings } from './readSettings.ts';

/** The account that the simple settings make. */
export const DEFAULT_ACCOUNT = 'default';

/** The settings that accounts are made of. */
export const ACCOUNT_SETTINGS = [
  ...(['ACCOUNTS', 'TENANT_ID', 'INSIGHTS_BASE_URL', 'EXTRA_API_HOSTS', 'KEY_VAULT_URL'] as const),
  ...(['SIGN_IN', 'APP_CLIENT_ID', 'APP_CERTIFICATE_NAME', 'APP_SECRET_NAME'] as const),
  ...(['REFRESH_TOKEN_SECRET', 'AUTHORITY_HOST', 'INSTANCE_DISCOVERY', 'MAX_CONCURRENCY'] as const),
];

export type AccountSettings = Pick<Settings, (typeof ACCOUNT_SETTINGS)[number]>;

/** Every account of the settings: `default` first where the simple settings make it, then those of `ACCOUNTS`. Pure. */
export function accountsOf(settings: AccountSettings): readonly Account[] {
  const { TENANT_ID } = settings;
  const simple = TENANT_ID === null ? [] : [simpleAccount(settings, TENANT_ID)];
  return [...simple, ...settings.ACCOUNTS.map((input) => listedAccount(settings, input))];
}

/** Whose something is that names no account: the only one's, or null where there are several. Pure. */
export function impliedAccount(accounts: readonly Pick<Account, 'name'>[]): string | null {
  const [first, ...others] = accounts;
  return first === undefined || others.length > 0 ? null : first.name;
}

/** What is wrong with the accounts beyond their single fields, all at once. Pure. */
export function accountProblems(settings: AccountSettings): readonly SettingProblem[] {
  const { TENANT_ID, ACCOUNTS, KEY_VAULT_URL } = settings;
  if (TENANT_ID === null && ACCOUNTS.length === 0) {
    return [{ name: 'TENANT_ID', message: 'is missing: name the Entra tenant whose reports these are' }];
  }
  const accounts = accountsOf(settings);
  const where = (index: number): { readonly name: string; readonly pointer: string } =>
    TENANT_ID === null
      ? { name: 'ACCOUNTS', pointer: `/${index}` }
      : index === 0
        ? { name: 'TENANT_ID', pointer: '' }
        : { name: 'ACCOUNTS', pointer: `/${index - 1}` };
  const needsVault = accounts.some(({ signIn }) => signIn.mode === 'secureApp');
  return [
    ...(TENANT_ID === null ? [] : simpleProblems(settings)),
    ...accounts.flatMap((account, index) => {
      const { name, pointer } = where(index);
      const base = parseApiBase(account.baseUrl, settings.EXTRA_API_HOSTS);
      return base.ok || name === 'TENANT_ID' ? [] : [{ name, message: `${pointer}/baseUrl ${base.problem}` }];
    }),
    ...repeats(accounts, ({ name }) => name).map(({ index, first }) => ({
      name: 'ACCOUNTS',
      message: `${where(index).pointer}/name is the name of another account (${tell(where(first))})`,
    })),
    ...repeats(accounts, accountKeyOf).map(({ index, first }) => ({
      name: 'ACCOUNTS',
      message: `${where(index).pointer} has the tenant and the API family of another account (${tell(where(first))}): both would own the same reports`,
    })),
    ...repeats(accounts, refreshTokenOf).map(({ index, first }) => ({
      name: 'ACCOUNTS',
      message: `${where(index).pointer}/signIn keeps its refresh token where another account does (${tell(where(first))})`,
    })),
    ...(needsVault && KEY_VAULT_URL === null
      ? [{ name: 'KEY_VAULT_URL', message: 'is missing: a refresh token is kept in a Key Vault' }]
      : []),
  ];
}

function tell({ name, pointer }: { readonly name: string; readonly pointer: string }): string {
  return name === 'ACCOUNTS' ? pointer : 'the one of the simple settings';
}

/** Each account whose key an earlier one has already. */
function repeats(
  accounts: readonly Account[],
  keyOf: (account: Account) => string | null,
): readonly { readonly index: number; readonly first: number }[] {
  const firsts = new Map<string, number>();
  return accounts.flatMap((account, index) => {
    const key = keyOf(account);
    const first = key === null ? undefined : firsts.get(key);
    if (key !== null && first === undefined) {
      firsts.set(key, index);
    }
    return first === undefined ? [] : [{ index, first }];
  });
}

/** Names of secrets ignore case. */
function refreshTokenOf({ signIn }: Account): string | null {
  return signIn.mode === 'secureApp' ? signIn.refreshTokenName.toLowerCase() : null;
}

function simpleProblems(settings: AccountSettings): readonly SettingProblem[] {
  const { SIGN_IN, APP_CLIENT_ID, APP_CERTIFICATE_NAME, APP_SECRET_NAME } = settings;
  return [
    ...(SIGN_IN !== 'managedIdentity' && APP_CLIENT_ID === null
      ? [{ name: 'APP_CLIENT_ID', message: 'is missing: SIGN_IN names an app registration to sign in as' }]
      : []),
    ...(APP_CERTIFICATE_NAME !== null && APP_SECRET_NAME !== null
      ? [
          {
            name: 'APP_SECRET_NAME',
            message: 'must be empty where APP_CERTIFICATE_NAME is given: one of them',
          },
        ]
      : []),
  ];
}

function simpleAccount(settings: AccountSettings, tenantId: string): Account {
  const baseUrl = settings.INSIGHTS_BASE_URL.replace(/\/$/, '');
  return {
    name: DEFAULT_ACCOUNT,
    tenantId,
    surface: baseUrl.endsWith('/cmp') ? 'cmp' : 'mpn',
    baseUrl,
    signIn: signInOf(settings, {
      name: DEFAULT_ACCOUNT,
      mode: settings.SIGN_IN,
      clientId: settings.APP_CLIENT_ID ?? '',
      certificateName: settings.APP_CERTIFICATE_NAME,
      secretName: settings.APP_SECRET_NAME,
      refreshTokenName: settings.REFRESH_TOKEN_SECRET,
      cloudAuthority: clouds.public.authorityHost,
    }),
    maxConcurrency: settings.MAX_CONCURRENCY,
    callsPerSecond: null,
  };
}

function listedAccount(settings: AccountSettings, input: AccountInput): Account {
  const { name, tenantId, surface, signIn } = input;
  const cloud = clouds[input.cloud ?? 'public'];
  const version = input.version ?? (surface === 'cmp' ? 'v1.1' : 'v1');
  const written = signIn.mode === 'secureApp' ? signIn : null;
  return {
    ...{ name, tenantId, surface },
    baseUrl: input.baseUrl?.replace(/\/$/, '') ?? `${cloud.apiOrigin}/insights/${version}/${surface}`,
    signIn: signInOf(settings, {
      ...{ name, mode: signIn.mode, cloudAuthority: cloud.authorityHost },
      clientId: signIn.mode === 'managedIdentity' ? '' : signIn.clientId,
      certificateName: written?.certificateName ?? null,
      secretName: written?.secretName ?? null,
      refreshTokenName: written?.refreshTokenSecret ?? null,
    }),
    maxConcurrency: input.maxConcurrency ?? settings.MAX_CONCURRENCY,
    callsPerSecond: input.callsPerSecond ?? null,
  };
}

function signInOf(
  settings: AccountSettings,
  written: {
    readonly name: string;
    readonly mode: SignIn['mode'];
    readonly clientId: string;
    readonly certificateName: string | null;
    readonly secretName: string | null;
    readonly refreshTokenName: string | null;
    readonly cloudAuthority: string;
  },
): SignIn {
  const { mode, name, clientId } = written;
  if (mode === 'managedIdentity') {
    return { mode };
  }
  const app: AppRegistration = {
    clientId,
    authorityHost: settings.AUTHORITY_HOST ?? written.cloudAuthority,
    isDiscovered: settings.INSTANCE_DISCOVERY === 'on',
    credential: { kind: 'managedIdentity' },
  };
  return mode === 'federatedApp'
    ? { mode, app }
    : {
        mode,
        app: { ...app, credential: credentialOf(written) },
        refreshTokenName: written.refreshTokenName ?? `refresh-token-${name}`,
      };
}

function credentialOf({
  certificateName,
  secretName,
}: {
  readonly certificateName: string | null;
  readonly secretName: string | null;
}): AppCredential {
  if (certificateName !== null) {
    return { kind: 'certificate', secretName: certificateName };
  }
  return secretName === null ? { kind: 'managedIdentity' } : { kind: 'secret', secretName };
}
