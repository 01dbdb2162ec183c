import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../local/browser/launchChromium.ts';
import {
  ENTRA_APP_ID,
  ENTRA_TENANT_ID,
  PASSWORD_ONLY_USER,
  REPORTS_USER,
  USER_OF_OTHER_TENANT,
  USER_WITHOUT_ROLE,
} from '../../local/entra/directory/entraSeed.ts';
import { type AppSettings, composeSettings, sampleReportIds } from '../../local/start/localSettings.ts';
import { type LocalCloud, startLocalCloud } from '../../local/start/startLocalCloud.ts';
import type { ConsentCommand } from '../../tools/consent/parseConsentFlags.ts';
import { runConsent } from '../../tools/consent/runConsent.ts';
import { freePort } from '../fakes/freePort.ts';
import { buildApp } from './buildApp.ts';
import { openEmulatorDoor } from './emulatorDoor.ts';
import { documentFetch } from './expectDocumented.ts';

jest.setTimeout(120_000);

type Choice = { readonly user: string; readonly button: 'Sign in and accept' | 'Sign in and decline' };

type ConsentRun = Extract<ConsentCommand, { kind: 'run' }>;

/** What a terminal showed, and how the command ended. */
interface Ended {
  readonly exitCode: number;
  readonly shown: string;
  /** The last page of the browser; empty where no browser was used. */
  readonly page: string;
}

const accept = (user: string): Choice => ({ user, button: 'Sign in and accept' });

describe('npm run consent, with a real browser', () => {
  const appDirectory = buildApp();
  let cloud: LocalCloud;
  let browser: Browser;
  let port: number;
  let plainFetch: (() => void) | undefined;
  const terminals: string[] = [];

  beforeAll(async () => {
    port = await freePort();
    [cloud, browser] = await Promise.all([
      startLocalCloud({
        ...{ appDirectory, functionsPort: 0, emulatorPort: 0, userAssignedClientIds: [], nodeArguments: [] },
        ...{
          seedFile: null,
          keys: { master: 'the-master-key-of-this', function: 'the-function-key-of-this' },
        },
        settings: (addresses) => ({
          accountName: null,
          settings: composeSettings({
            ...{ sample: {}, addresses, nowMs: Date.now(), reportIds: sampleReportIds, accounts: null },
            own: { TICK_SCHEDULE: '0 0 0 1 1 *', ACCOUNTS: accountWithoutUser(addresses) },
          }),
        }),
        nowMs: Date.now,
      }),
      launchChromium(),
    ]);
    const uri = `http://localhost:${port}/consent`;
    cloud.entra.directory.addRedirectUri({ clientId: ENTRA_APP_ID, uri });
    plainFetch = documentFetch(cloud.host.url);
  });

  afterAll(async () => {
    plainFetch?.();
    await Promise.all([browser?.close(), cloud?.stop()]);
    rmSync(appDirectory, { recursive: true });
  });

  const storedTokens = () => cloud.vault.versions('refresh-token-default').map(({ value }) => value);
  const command = (): ConsentRun => ({
    ...{ kind: 'run', account: 'default', port, opensBrowser: true, waitInMs: 30_000 },
    authority: cloud.entra.url,
    connection: { origin: cloud.host.url, signIn: { kind: 'key', key: cloud.masterKey } },
  });

  /** The command in this process, and somebody at the browser that it opens. */
  async function consent(
    visit: (url: string) => Promise<string>,
    changed: Partial<ConsentRun> = {},
  ): Promise<Ended> {
    const lines: string[] = [];
    let visited: Promise<string> = Promise.resolve('');
    const exitCode = await runConsent(
      { ...command(), ...changed },
      {
        say: (text) => lines.push(text),
        complain: (text) => lines.push(text),
        openBrowser: (url) => {
          visited = visit(url);
        },
      },
    );
    const [shown, page] = [lines.join('\n'), await visited];
    terminals.push(shown, page);
    return { exitCode, shown, page };
  }

  /** Makes these choices on Entra's page, one after the other, and gives the text of the last page. */
  const choose =
    (...choices: readonly Choice[]) =>
    async (url: string): Promise<string> => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      await page.goto(url);
      for (const { user, button } of choices) {
        await page.getByRole('radio', { name: user }).check();
        await page.getByRole('button', { name: button }).click();
      }
      await page.getByText('You can close this window.').waitFor();
      const text = await page.locator('body').textContent();
      await context.close();
      return text ?? '';
    };

  test('stores the refresh token of the user who signed in with MFA, and the app goes on with it', async () => {
    const before = storedTokens();
    const running = startCommand(
      ['--account', 'default', '--port', String(port), '--no-browser', '--authority', cloud.entra.url],
      {
        INTERMISSION_URL: cloud.host.url,
        INTERMISSION_KEY: cloud.masterKey,
      },
    );

    const page = await choose(accept(USER_OF_OTHER_TENANT), accept(REPORTS_USER))(await running.url);
    const { exitCode, shown } = await running.ended;

    terminals.push(page, shown);
    expect(exitCode).toBe(0);
    expect(shown).toContain(`account default signs in as ${REPORTS_USER}. Partner Center shows 12 reports`);
    expect(page).toContain('confirms the MFA');
    expect(storedTokens()).toHaveLength(before.length + 1);
    cloud.entra.directory.revokeSession(before[0] ?? '');
    const tick = await fetch(`${cloud.host.url}/api/tick`, {
      ...{ method: 'POST', headers: { 'x-functions-key': cloud.functionKey } },
    });
    expect([tick.status, await tick.json()]).toMatchObject([200, { status: 'ok' }]);
  });

  test.each([
    ['declines', [{ user: REPORTS_USER, button: 'Sign in and decline' }], 'The consent was declined'],
    ['signs in without MFA', [accept(PASSWORD_ONLY_USER)], 'consent_without_mfa'],
    ['has no role for Insights', [accept(USER_WITHOUT_ROLE)], 'consent_without_role'],
  ] as const)(
    'says so where the user %s, and leaves the token that was there',
    async (_what, choices, told) => {
      const before = storedTokens();

      const { exitCode, shown, page } = await consent(choose(...choices));

      expect([exitCode, shown, page]).toEqual([
        1,
        expect.stringContaining(told),
        expect.stringContaining(told),
      ]);
      expect(storedTokens()).toEqual(before);
    },
  );

  test('leaves the old token where Key Vault refuses the new one, and says so', async () => {
    const before = storedTokens();
    cloud.vault.planFault({ fault: { kind: 'forbidden' }, count: 1, operation: 'set' });

    const { exitCode, shown } = await consent(choose(accept(REPORTS_USER)));

    expect([exitCode, shown]).toEqual([1, expect.stringContaining('(secret_forbidden;')]);
    expect(storedTokens()).toEqual(before);
    expect((await consent(choose(accept(REPORTS_USER)))).exitCode).toBe(0);
  });

  test('says so where the sign-in took too long for its code', async () => {
    cloud.entra.planFault({ fault: { kind: 'error', code: 70008 }, count: 1, grant: 'authorization_code' });

    const { exitCode, shown } = await consent(choose(accept(REPORTS_USER)));

    expect([exitCode, shown]).toEqual([1, expect.stringContaining('(consent_code_expired;')]);
  });

  test('is not ended by an answer that belongs to another sign-in: nothing of it is sent to the app', async () => {
    const before = cloud.entra.requests.length;
    const strangers: number[] = [];
    const { exitCode } = await consent(async (url) => {
      for (const query of ['code=stolen&state=guessed', 'error=access_denied', '']) {
        strangers.push((await fetch(`http://localhost:${port}/consent?${query}`)).status);
      }
      return choose(accept(REPORTS_USER))(url);
    });

    expect([exitCode, strangers]).toEqual([0, [400, 400, 400]]);
    const grants = cloud.entra.requests.slice(before).map(({ grant }) => grant);
    expect(grants.filter((grant) => grant === 'authorization_code')).toHaveLength(1);
  });

  test('opens no address that is none of Entra, whoever answers for the app', async () => {
    const visit = jest.fn(async () => '');

    const { exitCode, shown } = await consent(visit, { authority: null });

    expect([exitCode, shown]).toEqual([1, expect.stringContaining('no address of Entra')]);
    expect(visit).not.toHaveBeenCalled();
  });

  test('says what is wrong where the app, the account or the key is not the right one', async () => {
    const nobody = async () => '';
    const signIn = { kind: 'key', key: cloud.masterKey } as const;
    const connection = { origin: `http://localhost:${await freePort()}`, signIn };

    const unreachable = await consent(nobody, { connection });
    expect([unreachable.exitCode, unreachable.shown]).toEqual([
      3,
      expect.stringContaining('could not be reached'),
    ]);
    const unknown = await consent(nobody, { account: 'other' });
    expect([unknown.exitCode, unknown.shown]).toEqual([1, expect.stringContaining('unknown_account')]);
    const needless = await consent(nobody, { account: 'without-user' });
    expect([needless.exitCode, needless.shown]).toEqual([1, expect.stringContaining('no_consent_needed')]);
    const functionKey = { kind: 'key', key: cloud.functionKey } as const;
    const refused = await consent(nobody, { connection: { ...command().connection, signIn: functionKey } });
    expect([refused.exitCode, refused.shown]).toEqual([3, expect.stringContaining('host key "_master"')]);
    const late = await consent(nobody, { waitInMs: 1 });
    expect([late.exitCode, late.shown]).toEqual([1, expect.stringContaining('Nobody signed in')]);
  });

  test('nothing secret was shown in a terminal, a page, a log or an answer of the emulator’s log', async () => {
    const logs = cloud.host.logs.map(({ message }) => message);
    const secrets = [...cloud.entra.secrets(), ...storedTokens(), cloud.masterKey, cloud.functionKey];
    const texts = [...terminals, ...logs];

    expect(secrets.length).toBeGreaterThan(20);
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
    expect(logs.filter((line) => line.includes('"event":"ConsentStored"'))).toHaveLength(3);
    const requests = await openEmulatorDoor(cloud.emulatorUrl).requests();
    expect(requests.length).toBeGreaterThan(3);
  });
});

/** On cmp, where the managed identity may sign in by itself. */
function accountWithoutUser({ INSIGHTS_BASE_URL = '' }: AppSettings): string {
  const baseUrl = INSIGHTS_BASE_URL.replace('mpn', 'cmp');
  const signIn = { mode: 'managedIdentity' };
  return JSON.stringify([
    { name: 'without-user', tenantId: ENTRA_TENANT_ID, surface: 'cmp', baseUrl, signIn },
  ]);
}

/** The command as a person runs it: a process of its own, its address read from the terminal. */
function startCommand(flags: readonly string[], env: Readonly<Record<string, string>>) {
  let foundUrl: (url: string) => void = () => {};
  const url = new Promise<string>((resolve) => {
    foundUrl = resolve;
  });
  const ended = new Promise<{ exitCode: number; shown: string }>((resolve) => {
    const { PATH = '' } = process.env;
    const script = join(process.cwd(), 'tools/consent.ts');
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, ...flags],
      { env: { PATH, ...env } },
      (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code), shown: stdout + stderr });
        foundUrl('about:blank');
      },
    );
    let shown = '';
    child.stdout?.on('data', (text: string) => {
      shown += text;
      const found = /^https:\S+$/m.exec(shown)?.[0];
      if (found !== undefined) {
        foundUrl(found);
      }
    });
  });
  return { url, ended };
}
