import { source as axeSource } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { hostKeys } from './appUnderTest.ts';

/** How somebody looks. */
interface Looking {
  readonly light?: 'light' | 'dark';
  readonly width?: number;
  /** What the clock of the browser shows; that of the machine where it is left out. */
  readonly nowMs?: number;
}

/** The page in a browser, and all that went wrong in it. */
export interface PageUnderTest {
  readonly page: Page;
  /** Types the key in, as a person does, and waits for the first sight. */
  enter(key?: string): Promise<void>;
  /** What the sentence at the top says. */
  sentence(): Promise<string>;
  /** What axe finds, a line each. */
  axe(): Promise<readonly string[]>;
  /** Fails where the page broke its own policy, threw, or complained. */
  expectNoFault(): void;
  close(): Promise<void>;
}

/** Opens the page of the app at `url` in a browser of its own session. */
export async function openPage(
  browser: Browser,
  url: string,
  { light = 'light', width = 1280, nowMs }: Looking = {},
  address = '',
): Promise<PageUnderTest> {
  const context = await browser.newContext({
    ...{ colorScheme: light, viewport: { width, height: 900 }, reducedMotion: 'reduce' },
    ...{ timezoneId: 'Europe/Amsterdam', ignoreHTTPSErrors: true },
  });
  const page = await context.newPage();
  if (nowMs !== undefined) await page.clock.setSystemTime(nowMs);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    const isOfNetwork = /Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isOfNetwork) faults.push(message.text());
  });
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy violated: ' + event.violatedDirective + ' by ' + event.blockedURI))",
  );
  await page.goto(`${url}/api/ui${address}`);
  return {
    page,
    enter: async (key = hostKeys.function) => {
      await page.getByLabel('Function key').fill(key);
      await page.getByLabel('Your name').fill('ana');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByRole('heading', { level: 1 }).and(page.locator('main h1')).waitFor();
      await page.getByRole('navigation').waitFor();
    },
    sentence: async () => (await page.locator('h1.sentence').textContent()) ?? '',
    axe: async () => {
      const found: unknown = await page.evaluate(
        `${axeSource};axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`,
      );
      return Array.isArray(found) ? found.map(String) : ['axe told nothing'];
    },
    expectNoFault: () => expect(faults).toEqual([]),
    close: () => context.close(),
  };
}
