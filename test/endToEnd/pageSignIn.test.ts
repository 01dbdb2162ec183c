// People sign in with Entra, which a browser meets here as its answers are documented: sign-in page, code, tokens.
import type { Browser, Page, Route } from 'playwright-core';
import { launchChromium } from '../../local/browser/launchChromium.ts';
import { API, TENANT } from '../fakes/tokenAuthority.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CallersCloud, startCallersCloud } from './callersCloud.ts';
import { reportId } from './emulatorDoor.ts';
import { openPage, type PageUnderTest } from './pageUnderTest.ts';

jest.setTimeout(120_000);

const OID = 'eeeeeeee-0000-4000-8000-000000000001';
const person = { scp: 'Use', oid: OID, name: 'Ana Person', preferred_username: 'ana@partner.example' };

let browser: Browser;
let cloud: CallersCloud;
let app: AppUnderTest;
const opened: PageUnderTest[] = [];
beforeAll(async () => {
  [browser, cloud] = await Promise.all([launchChromium(), startCallersCloud()]);
  const from = new Date(Date.now() - 600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  app = await cloud.startApp({
    MAINTENANCE_WINDOWS: JSON.stringify([
      { name: 'night', reports: { ids: [reportId(1)] }, schedule: { from, to } },
    ]),
  });
  await cloud.ask(app, 'POST', '/api/tick', { token: await cloud.tokenOf(['Intermission.Operate']) });
});
afterEach(async () => {
  for (const one of opened.splice(0)) {
    one.expectNoFault();
    await one.close();
  }
});
afterAll(async () => {
  await Promise.all([browser?.close(), cloud?.stop()]);
});

/** What Entra was asked for. */
interface EntraAsked {
  readonly signIns: URLSearchParams[];
  readonly grants: URLSearchParams[];
  readonly elsewhere: string[];
}

/** Somebody who has these roles opens the page and is sent to Entra when signing in. */
async function openAs(roles: readonly string[], address = ''): Promise<{ page: Page; asked: EntraAsked }> {
  const asked: EntraAsked = { signIns: [], grants: [], elsewhere: [] };
  const one = await openPage(browser, app.host.url, {}, address);
  opened.push(one);
  const { page } = one;
  page.context().on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== app.host.url && origin !== cloud.authority.url) asked.elsewhere.push(request.url());
  });
  await page.context().route(`${cloud.authority.url}/**`, (route) => answerAsEntra(route, roles, asked));
  await page.getByRole('button', { name: 'Sign in' }).click();
  return { page, asked };
}

async function answerAsEntra(route: Route, roles: readonly string[], asked: EntraAsked): Promise<void> {
  const url = new URL(route.request().url());
  const base = `${cloud.authority.url}/${TENANT}`;
  const headers = { 'access-control-allow-origin': '*' };
  if (url.pathname.endsWith('/openid-configuration')) {
    const json = {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    };
    return route.fulfill({ headers, json });
  }
  if (url.pathname.endsWith('/authorize')) {
    asked.signIns.push(url.searchParams);
    const answer = new URLSearchParams({
      ...{ code: 'the-code', state: url.searchParams.get('state') ?? '', client_info: clientInfo() },
    });
    const back = `${url.searchParams.get('redirect_uri')}#${answer}`;
    const body = `<script>location.replace(${JSON.stringify(back)})</script>`;
    return route.fulfill({ contentType: 'text/html', body });
  }
  const grant = new URLSearchParams(route.request().postData() ?? '');
  asked.grants.push(grant);
  const nonce = asked.signIns.at(-1)?.get('nonce') ?? '';
  const json = {
    ...{ token_type: 'Bearer', expires_in: 3_600, ext_expires_in: 3_600, scope: `${API}/.default` },
    ...{ refresh_token: 'a-refresh-token', client_info: clientInfo() },
    access_token: await cloud.tokenOf(roles, person),
    id_token: await cloud.tokenOf([], { ...person, nonce, sub: OID }),
  };
  return route.fulfill({ headers, json });
}

function clientInfo(): string {
  return Buffer.from(JSON.stringify({ uid: OID, utid: TENANT })).toString('base64url');
}

const buttons = async (page: Page) =>
  (await page.locator('main button:visible').allTextContents()).join(' | ');

test('sends people to Entra and back to the address that they had, and asks nobody else', async () => {
  const { page, asked } = await openAs(['Intermission.Operate'], '#/reports?search=report+12');
  await page.getByText('1 report', { exact: true }).waitFor();

  expect(page.url()).toBe(`${app.host.url}/api/ui#/reports?search=report+12`);
  const [signIn] = asked.signIns;
  expect(Object.fromEntries(signIn ?? [])).toMatchObject({
    client_id: API,
    redirect_uri: `${app.host.url}/api/ui`,
    response_type: 'code',
    code_challenge_method: 'S256',
  });
  expect(signIn?.get('scope')?.split(' ')).toContain(`${API}/.default`);
  expect(asked.grants[0]?.get('code')).toBe('the-code');
  expect(asked.elsewhere).toEqual([]);
  const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, document.cookie])');
  expect(kept).not.toContain('eyJ');
});

test('offers all to whoever operates, and holds what is done under the name of the person', async () => {
  const { page } = await openAs(['Intermission.Operate']);
  await page.getByText('1 report is paused by us').waitFor();
  expect(await buttons(page)).toBe('Extend … | End now …');
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByLabel('Choose report 5', { exact: true }).check();
  await page.getByRole('button', { name: 'Pause …' }).click();
  await page.getByLabel('Reason').fill('mine');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByText('The same in a shell').click();
  expect(await page.getByLabel('curl').inputValue()).toContain('Bearer $TOKEN');
  await page.getByRole('button', { name: 'Pause now' }).click();
  await page.getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('ana@partner.example: mine').waitFor();
  expect(await cloud.emulator.statuses([reportId(5)])).toEqual(['Paused']);
});

test('offers a pause and no word about windows to whoever may pause', async () => {
  const { page } = await openAs(['Reports.Pause']);
  await page.getByText('paused by us').first().waitFor();
  expect(await buttons(page)).not.toMatch(/Extend|End now/);
  await page.getByLabel('Choose report 1', { exact: true }).check();
  await page.getByRole('button', { name: 'Resume …' }).click();
  await page.getByLabel('Reason').waitFor();
  expect(await page.getByText('Also those that a window holds').count()).toBe(0);
});

test('offers nothing to do to whoever may only read', async () => {
  const { page } = await openAs(['Reports.Read']);
  await page.getByText('paused by us').first().waitFor();
  expect(await buttons(page)).toBe('');
  expect(await page.getByRole('checkbox').count()).toBe(0);
});

test('tells whoever has no role which one it takes', async () => {
  const { page } = await openAs([]);
  await page.getByText('The app role Reports.Read is needed here').waitFor();
});
