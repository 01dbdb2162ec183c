import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { LocalCloud } from '../../local/start/startLocalCloud.ts';

/** One picture: where, in which light, how wide, and what is done before it is taken. */
export interface Picture {
  readonly name: string;
  readonly address: string;
  readonly light: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly prepare: (page: Page) => Promise<void>;
}

const nothing = async () => {};

/** What is told of the days around now comes a little after the rest. */
const seeDays = (page: Page) => page.getByText('Last 3 days').first().waitFor();
const large = { width: 1280, height: 900 };
const tall = { width: 1280, height: 1240 };
const small = { width: 390, height: 844 };

/** Every picture of docs/page.md. */
export const pictures: readonly Picture[] = [
  { name: 'now-light', address: '#/', light: 'light', ...tall, prepare: seeDays },
  { name: 'now-dark', address: '#/', light: 'dark', ...tall, prepare: seeDays },
  { name: 'now-small', address: '#/', light: 'light', ...small, prepare: seeDays },
  { name: 'reports-light', address: '#/reports', light: 'light', ...large, prepare: chooseTwo },
  { name: 'reports-small-dark', address: '#/reports', light: 'dark', ...small, prepare: nothing },
  { name: 'windows-light', address: '#/windows', light: 'light', ...large, prepare: nothing },
  { name: 'accounts-dark', address: '#/accounts', light: 'dark', ...large, prepare: checkSignIn },
  { name: 'runs-light', address: '#/runs', light: 'light', ...large, prepare: nothing },
  { name: 'report-light', address: '#/reports', light: 'light', ...large, prepare: openFirst },
  { name: 'pause-light', address: '#/reports', light: 'light', ...large, prepare: previewPause },
  { name: 'pause-small-dark', address: '#/reports', light: 'dark', ...small, prepare: previewPause },
];

/** Those that show what needs somebody. */
export const picturesOfTrouble: readonly Picture[] = [
  { name: 'stuck-light', address: '#/', light: 'light', ...large, prepare: seeDays },
  { name: 'stuck-small-dark', address: '#/', light: 'dark', ...small, prepare: seeDays },
];

/** Opens the page as a person does, with the key typed in, and takes the picture. */
export async function takePicture(
  browser: Browser,
  { host, functionKey }: LocalCloud,
  { name, address, light, width, height, prepare, nowMs }: Picture & { readonly nowMs: number },
  folder: string,
): Promise<void> {
  const context = await browser.newContext({
    ...{ viewport: { width, height }, colorScheme: light, deviceScaleFactor: 2 },
    ...{ timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce' },
  });
  const page = await context.newPage();
  await page.clock.setSystemTime(nowMs);
  await page.goto(`${host.url}/api/ui${address}`);
  await page.getByLabel('Function key').fill(functionKey);
  await page.getByLabel('Your name').fill('ana');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('h1').waitFor();
  await page.mouse.move(0, 0);
  await prepare(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

async function chooseTwo(page: Page): Promise<void> {
  await page.getByLabel('Choose Marketplace payouts').check();
  await page.getByLabel('Choose Teams adoption').check();
}

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Azure usage daily' }).click();
  await page.getByRole('heading', { name: 'Evidence' }).waitFor();
}

async function previewPause(page: Page): Promise<void> {
  await chooseTwo(page);
  await page.getByRole('button', { name: 'Pause …' }).click();
  await page.getByLabel('Reason').fill('storage move, change 4711');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByText('It would come to this').waitFor();
  await page.getByText('The same in a shell').click();
}

async function checkSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the sign-in' }).click();
  await page.getByText('Refresh token of').waitFor();
}
