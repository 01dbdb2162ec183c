import type { Browser } from 'playwright-core';
import { launchChromium } from '../../local/browser/launchChromium.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { type OwnershipCloud, startOwnershipCloud } from './ownershipUnderTest.ts';
import { openPage, type PageUnderTest } from './pageUnderTest.ts';

jest.setTimeout(120_000);

const MINUTE_IN_MS = 60_000;
const ids = [reportId(1), reportId(2)];

let browser: Browser;
let cloud: OwnershipCloud;
let app: AppUnderTest;
const pages: PageUnderTest[] = [];
beforeAll(async () => {
  [browser, cloud] = await Promise.all([launchChromium(), startOwnershipCloud()]);
  await cloud.behave({}, { reports: 3 });
  app = await cloud.start(cloud.windowFromNow(ids, { durationInMs: 60 * MINUTE_IN_MS }));
  await cloud.ticks(app, 2);
  await app.run('/api/pause', { reportIds: [reportId(3)], duration: 'PT1H', reason: 'storage move' });
  await app.call('POST', '/api/windows/night/end', { body: { reason: 'the load is done' } });
  await cloud.ticks(app, 2);
});
afterEach(async () => {
  for (const one of pages.splice(0)) {
    one.expectNoFault();
    await one.close();
  }
});
afterAll(async () => {
  await Promise.all([browser?.close(), cloud?.stop()]);
});

async function enter(address: string, looking: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(browser, app.host.url, { nowMs: cloud.nowMs(), ...looking }, address);
  pages.push(opened);
  await opened.enter();
  return opened;
}

test('a window tells what it did, how late and who ended it, and leads to the run that did it', async () => {
  const { page, axe } = await enter('#/windows/night', { width: 360 });
  const past = page.locator('section', { has: page.getByRole('heading', { name: 'What it did' }) });
  await past.getByText('Paused in it 2').waitFor();

  expect(await past.textContent()).toMatch(/Resumed 2/);
  expect(await past.textContent()).toContain('the load is done');
  expect(await axe()).toEqual([]);
  await past.getByRole('link', { name: /^Begun \d+ (s|min) late$/ }).click();
  await page.getByRole('heading', { name: 'Timer' }).waitFor();
  await page.getByText('Paused 2').waitFor();
  await page.locator('.result').getByText('report 1').waitFor();
  expect(await axe()).toEqual([]);
});

test('the runs are listed with who, why and what came of them; one can be looked at, and sent', async () => {
  const { page, axe } = await enter('#/runs?door=pause');
  const row = page.locator('.row').filter({ hasText: 'storage move' });
  await row.getByText('Paused 1').waitFor();
  expect(await page.locator('.row').count()).toBe(1);
  expect(await axe()).toEqual([]);
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: 'Pause' }).waitFor();
  await page.getByText(/^By .+: storage move$/).waitFor();
  expect(page.url()).toMatch(/#\/runs\/[\w-]+$/);

  await page.evaluate("location.hash = '#/runs/00000000-0000-4000-8000-00000000dead'");
  await page.getByText('Nothing is kept of this run').waitFor();
});

test('a report tells all that was done to it, page by page', async () => {
  const { page } = await enter('#/reports');
  // Pages of one, where the app would give a hundred.
  await page.route('**/history?*', async (route) => {
    await route.continue({ url: `${route.request().url()}&limit=1` });
  });
  await page.getByRole('link', { name: 'report 1' }).click();
  const steps = page.locator('section', { has: page.getByRole('heading', { name: 'History' }) });
  await steps.getByRole('button', { name: 'Show more' }).click();
  await steps.locator('li').nth(1).waitFor();
  const told = await steps.locator('b').allTextContents();

  expect(told).toHaveLength(2);
  expect(told).toContain('Resumed');
  await steps.getByRole('link').first().click();
  await page.getByText('Resumed 2').waitFor();
});

test('the days at a glance begin with what was: an occurrence that is over, by its result', async () => {
  const { page } = await enter('#/');
  const bar = page.locator('.lane').filter({ hasText: 'night' }).locator('.bar.good');
  await bar.waitFor();
  expect(await bar.textContent()).toMatch(/^night, Done, /);
  expect(await page.locator('.day').count()).toBe(17);
  expect(await page.locator('.day').nth(3).getAttribute('class')).toContain('today');
});

test('reports are left out of a window after it was seen what that does, listed, and taken back', async () => {
  const { page, axe } = await enter('#/reports', { width: 360 });
  await page.getByLabel('Choose report 1').check();
  await page.getByRole('button', { name: 'Leave out …' }).click();
  await page.getByRole('button', { name: 'night', exact: true }).click();
  await page.getByLabel('Reason').fill('month-end');
  expect(await axe()).toEqual([]);
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByText('It would come to this').waitFor();
  expect(await app.call('GET', '/api/exemptions')).toMatchObject({ json: { exemptions: [] } });
  await page.getByText('The same in a shell').click();
  expect(await page.getByLabel('ctl').inputValue()).toBe(
    `npm run --silent ctl -- exempt ${reportId(1)} --window night --duration PT4H --why month-end`,
  );
  await page.getByRole('button', { name: 'Leave out', exact: true }).click();
  await page.getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('link', { name: 'Windows' }).click();
  const list = page.locator('section', { has: page.getByRole('heading', { name: 'Left out of windows' }) });
  await list.getByText('month-end').waitFor();
  expect(await axe()).toEqual([]);
  await list.getByRole('button', { name: 'End now …' }).click();
  await page.getByLabel('Reason').fill('closed');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('button', { name: 'End it now' }).click();
  await page.getByText('Done').waitFor();
  expect(await app.call('GET', '/api/exemptions')).toMatchObject({
    json: { exemptions: [{ state: 'ended', ended: { why: 'closed' } }] },
  });
});
