import { get as httpGet } from 'node:http';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../local/browser/launchChromium.ts';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { type OwnershipCloud, startOwnershipCloud } from './ownershipUnderTest.ts';
import { openPage, type PageUnderTest } from './pageUnderTest.ts';

jest.setTimeout(120_000);

const MINUTE_IN_MS = 60_000;

let browser: Browser;
let cloud: OwnershipCloud;
const pages: PageUnderTest[] = [];
beforeAll(async () => {
  [browser, cloud] = await Promise.all([launchChromium(), startOwnershipCloud()]);
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

/** Other reports, and nobody shown any more what was read of those before. */
const begin: OwnershipCloud['behave'] = async (...how) => {
  await cloud.behave(...how);
  await cloud.pass(MINUTE_IN_MS);
};

/** The page as somebody sees it whose clock is that of the cloud. */
async function open(app: AppUnderTest, looking: Parameters<typeof openPage>[2] = {}, address = '') {
  const opened = await openPage(browser, app.host.url, { nowMs: cloud.nowMs(), ...looking }, address);
  pages.push(opened);
  return opened;
}

async function enter(app: AppUnderTest, looking: Parameters<typeof openPage>[2] = {}, address = '') {
  const opened = await open(app, looking, address);
  await opened.enter();
  return opened;
}

describe('the shell of the page', () => {
  let app: AppUnderTest;
  beforeAll(async () => {
    await begin({}, { reports: 3 });
    app = await cloud.start();
  });
  afterAll(() => app.stop());

  test('is for anybody, holds no data, and lets nothing but the page itself run, or frame it', async () => {
    const answer = await fetch(`${app.host.url}/api/ui`);
    const html = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).not.toMatch(/report|<script(?![^>]* src=)|style=|\son\w+=/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test('has files that are kept for good, small to begin with, and no others', async () => {
    const html = await (await fetch(`${app.host.url}/api/ui`)).text();
    const paths = [...html.matchAll(/(?:src|href)="(\/api\/ui\/[^"]+)"/g)].map(([, path = '']) => path);
    const get = (path: string, encoding: string) =>
      fetch(`${app.host.url}${path}`, { headers: { 'accept-encoding': encoding } });
    const whole = await Promise.all(paths.map((path) => get(path, 'identity')));
    const sizes = await Promise.all(whole.map(async (one) => (await one.arrayBuffer()).byteLength));

    expect(paths).toHaveLength(3);
    for (const one of whole) {
      expect([one.status, one.headers.get('content-encoding')]).toEqual([200, null]);
      expect(one.headers.get('cache-control')).toContain('immutable');
    }
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    const compressed = await Promise.all(paths.map((path) => compressedSize(`${app.host.url}${path}`)));
    expect(compressed.reduce((sum, size) => sum + size, 0)).toBeLessThan(100 * 1024);
    expect(compressed.map((size, at) => size < (sizes[at] ?? 0))).toEqual([true, true, true]);
    for (const name of ['none.js', '__proto__', '..%2fmain.cjs', 'constructor']) {
      expect((await get(`/api/ui/${name}`, 'gzip')).status).toBe(404);
    }
  });

  test('takes a key once, keeps it in the tab alone, and says so where the app does not take it', async () => {
    const { page, ...opened } = await open(app);
    await page.getByLabel('Function key').fill('not-the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('The app does not take this key.').waitFor();
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, document.cookie])');
    expect(await page.evaluate("sessionStorage.getItem('intermission.key')")).toBeNull();

    await opened.enter();
    await page.reload();
    await page.getByRole('navigation').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${app.host.url}/api/ui`);
    await other.getByLabel('Function key').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Function key').waitFor();

    expect(kept).not.toContain('not-the-key');
    const after = await page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.URL])',
    );
    expect(after).not.toContain(hostKeys.function);
  });
});

describe('first sight', () => {
  test('tells an account that shows no report', async () => {
    await begin({ emptyList: 'empty' }, { reports: 0 });
    const app = await cloud.start();
    const { sentence, page } = await enter(app);

    expect(await sentence()).toBe('Nothing is stuck. No report is shown. No window is configured.');
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByText('Partner Center shows no report.').waitFor();
    await app.stop();
  });

  test('says that nothing is stuck where nothing is, and axe finds nothing in light, dark and small', async () => {
    await begin({}, { reports: 4, paused: 1 });
    const app = await cloud.start();

    const { sentence } = await enter(app);
    expect(await sentence()).toBe('Nothing is stuck. No report is paused by us. No window is configured.');
    for (const [light, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 360],
    ] as const) {
      const { page, axe } = await enter(app, { light, width });
      for (const view of [
        '#/',
        '#/reports',
        `#/reports/${reportId(1)}`,
        '#/windows',
        '#/runs',
        '#/accounts',
      ]) {
        await page.evaluate(`location.hash = '${view}'`);
        await page.locator('main h1').waitFor();
        expect([view, light, await axe()]).toEqual([view, light, []]);
        const isWider = await page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect([view, width, isWider]).toEqual([view, width, false]);
      }
    }
    await app.stop();
  });

  test('tells a window that is on, extends it, and ends it early', async () => {
    await begin({}, { reports: 4 });
    const ids = [reportId(1), reportId(2)];
    const app = await cloud.start(cloud.windowFromNow(ids, { durationInMs: 60 * MINUTE_IN_MS }));
    await cloud.ticks(app, 2);
    const { page, sentence, axe } = await enter(app);

    expect(await sentence()).toMatch(
      /^Nothing is stuck\. 2 reports are paused by us until (?:tomorrow )?\d\d:\d\d\. No window opens again\.$/,
    );
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Extend …' }).click();
    await page.getByRole('button', { name: '2 hours' }).click();
    await page.getByLabel('Reason').fill('the load is late');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByRole('button', { name: 'Extend it' }).click();
    await page.getByText('night is over at').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('extended by key, calls itself ana: the load is late').waitFor();

    await page.getByRole('button', { name: 'End now …' }).click();
    await page.getByLabel('Reason').fill('the load is done');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('2 reports that it alone holds come back.').waitFor();
    expect((await cloud.statuses()).get(reportId(1))).toBe('Paused');
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByText('Resumed 2').waitFor();

    expect([...(await cloud.statuses()).values()]).toEqual(['Active', 'Active', 'Active', 'Active']);
    await app.stop();
  });

  test('tells in red whose pause cannot be told, and lets a person settle it', async () => {
    await begin({}, { reports: 3 });
    const app = await cloud.start();
    const id = reportId(2);
    await app.run('/api/pause', { reportIds: [id], duration: 'PT2H', reason: 'storage move' });
    await cloud.pass(5 * MINUTE_IN_MS);
    await cloud.person(id, 'resume');
    await cloud.pass(MINUTE_IN_MS);
    await cloud.person(id, 'pause');
    await cloud.ticks(app, 3, 5 * MINUTE_IN_MS);
    const { page, sentence, axe } = await enter(app);

    expect(await sentence()).toMatch(/^1 thing needs you\./);
    const card = page.getByRole('listitem').filter({ hasText: 'Doubtful' }).first();
    expect(await card.textContent()).toContain('Ask who paused it.');
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Resume and take over …' }).click();
    await page.getByLabel('Reason').fill('Dana says it shall run');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('It would come to this').waitFor();
    expect((await cloud.statuses()).get(id)).toBe('Paused');
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Resume now' }).click();
    await page.getByText('Done').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Nothing is stuck.').waitFor();

    expect((await cloud.statuses()).get(id)).toBe('Active');
    await app.stop();
  });

  test('lets a person say that what nobody can tell shall stay as it is', async () => {
    await begin({}, { reports: 3 });
    const app = await cloud.start();
    const id = reportId(1);
    await app.run('/api/pause', { reportIds: [id], duration: 'PT2H', reason: 'storage move' });
    for (const action of ['resume', 'pause']) {
      await cloud.pass(5 * MINUTE_IN_MS);
      await cloud.person(id, action);
    }
    await cloud.ticks(app, 2, 5 * MINUTE_IN_MS);
    const { page } = await enter(app);
    await page.getByRole('button', { name: 'Leave as it is …' }).click();
    await page.getByLabel('Reason').fill('Dana wants it paused');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('nothing is sent to Partner Center').waitFor();
    const before = (await cloud.acts()).length;
    await page.getByRole('dialog').getByRole('button', { name: 'Leave as it is' }).click();
    await page.getByText('Done').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Nothing is stuck.').waitFor();

    expect((await cloud.statuses()).get(id)).toBe('Paused');
    expect(await cloud.acts()).toHaveLength(before);
    await app.stop();
  });

  test('tells all that wants a person, the most urgent first, each with what to do', async () => {
    await begin({}, { reports: 4 });
    const app = await cloud.start();
    const opened = await open(app);
    const { page, axe } = opened;
    // When each is so is held by tests of the service; how it is shown, by this one.
    const causes = ['late', 'leftPaused', 'unseen', 'owed'];
    await page.route('**/api/reports', async (route) => {
      const answer = await route.fetch();
      const { reports, ...rest } = await answer.json();
      const json = {
        ...rest,
        reports: reports.map((report: object, at: number) => ({
          ...report,
          attention: [
            { cause: causes[at], message: `It is so ${at}.`, whatToDo: `Do this about ${causes[at]}.` },
          ],
        })),
      };
      await route.fulfill({ response: answer, json });
    });
    await opened.enter();

    expect(await opened.sentence()).toMatch(/^4 things need you\./);
    expect(await page.locator('.trouble h3').allTextContents()).toEqual([
      ...['Left paused1 report', 'Resume owed1 report', 'Not seen1 report', 'Late1 report'],
    ]);
    expect(await page.locator('.to-do').allTextContents()).toEqual(
      ['leftPaused', 'owed', 'unseen', 'late'].map((cause) => `Do this about ${cause}.`),
    );
    expect(await axe()).toEqual([]);
    await app.stop();
  });

  test('tells which account no tick looks at, once that is long past', async () => {
    await begin({}, { reports: 2 });
    const app = await cloud.start({ TICK_SCHEDULE: '0 * * * * *' });
    await app.run('/api/pause', { reportIds: [reportId(1)], duration: 'P1D', reason: 'storage move' });
    await cloud.ticks(app, 1);
    const { page, sentence } = await enter(app);
    expect(await sentence()).toMatch(/^Nothing is stuck\./);
    await page.route('**/api/accounts', async (route) => {
      const answer = await route.fetch();
      const { accounts } = await answer.json();
      const late = accounts.map((account: object) => ({ ...account, isLate: true }));
      await route.fulfill({ response: answer, json: { accounts: late } });
    });
    await page.reload();
    await page.getByText('Account default is looked at late').waitFor();
    await app.run('/api/resume', { reportIds: [reportId(1)] });
    await app.stop();
  });

  test('tells which account cannot sign in, and what to do', async () => {
    await begin({}, { reports: 3 });
    const app = await cloud.start();
    await cloud.emulator.fault({ kind: 'mfaRefusal', times: null });
    await cloud.pass(MINUTE_IN_MS);
    const { page, sentence } = await enter(app);

    expect(await sentence()).toMatch(/^1 thing needs you\./);
    expect(await page.locator('.trouble').textContent()).toContain('npm run consent');
    await cloud.emulator.clearFaults();
    await app.stop();
  });

  test('tells which settings are invalid, and nothing else', async () => {
    const app = await cloud.start({ MODE: 'perhaps' });
    const { page, axe } = await enter(app);

    expect(await page.locator('main').textContent()).toContain('MODE');
    expect(await page.locator('h1').textContent()).toContain('The settings are invalid');
    expect(await axe()).toEqual([]);
    await app.stop();
  });
});

describe('acting', () => {
  let app: AppUnderTest;
  beforeAll(async () => {
    await begin({}, { reports: 3 });
    app = await cloud.start();
  });
  afterAll(() => app.stop());

  test('pauses and resumes what was chosen, after it was seen what that does, as the service has seen', async () => {
    const { page } = await enter(app, {}, '#/reports');
    await page.getByLabel('Choose report 1').check();
    await page.getByLabel('Choose report 3').check();
    await page.getByRole('button', { name: 'Pause …' }).click();
    await page.getByRole('button', { name: '1 hour' }).click();
    await page.getByLabel('Reason').fill("Ana's move");
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('Paused 2').waitFor();
    const before = await cloud.acts();
    await page.getByText('The same in a shell').click();
    const lines = await Promise.all(['ctl', 'curl'].map((name) => page.getByLabel(name).inputValue()));
    await page.getByRole('button', { name: 'Pause now' }).click();
    await page.getByText('Done').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText("ana (by key): Ana's move").first().waitFor();
    const paused = await cloud.statuses();

    await page.getByLabel('Choose report 1').check();
    await page.getByRole('button', { name: 'Resume …' }).click();
    await page.getByLabel('Reason').fill('done');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByRole('button', { name: 'Resume now' }).click();
    await page.getByText('Resumed').first().waitFor();

    expect(before).toEqual([]);
    expect(lines[0]).toBe(
      `npm run --silent ctl -- pause ${reportId(1)} ${reportId(3)} --duration PT1H --reason 'Ana'\\''s move'`,
    );
    expect(lines.join()).not.toContain(hostKeys.function);
    expect([1, 2, 3].map((number) => paused.get(reportId(number)))).toEqual(['Paused', 'Active', 'Paused']);
    const after = await cloud.statuses();
    expect([1, 2, 3].map((number) => after.get(reportId(number)))).toEqual(['Active', 'Active', 'Paused']);
    expect((await cloud.acts()).map(({ operation }) => operation)).toEqual(['pause', 'pause', 'resume']);
  });

  test('shows what others wrote as text, whatever it is', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      '"><script>alert(2)</script>',
      "javascript:alert('3')",
      '{{7*7}} <svg onload=alert(4)>',
    ];
    const reports = names.map((reportName, at) => ({
      ...{
        reportId: reportId(at + 1),
        reportName,
        reportStatus: 'Active',
        startTime: '2099-01-05T18:00:00Z',
      },
    }));
    await cloud.emulator.admin('PUT', 'state', { reports });
    await cloud.pass(MINUTE_IN_MS);
    await app.run('/api/pause', {
      reportIds: [reportId(1)],
      duration: 'PT1H',
      reason: '<b>why</b><script>alert(5)</script>',
    });
    const { page } = await enter(app, {}, '#/reports');

    for (const name of names) await page.getByText(name, { exact: true }).first().waitFor();
    await page.getByRole('link', { name: names[0] ?? '', exact: true }).click();
    await page.getByRole('heading', { name: names[0] ?? '' }).waitFor();
    expect(await page.locator('img, main script, main b:text-is("why")').count()).toBe(0);
  });

  test('keeps what it saw without a connection, says so, and goes on by itself', async () => {
    const { page, sentence } = await enter(app);
    const before = await sentence();
    await page.context().setOffline(true);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange')); null");
    await page.getByText('The app cannot be reached.').waitFor();
    const meanwhile = await sentence();
    await page.context().setOffline(false);
    await page.getByText('The app cannot be reached.').waitFor({ state: 'detached' });

    expect(meanwhile).toBe(before);
  });

  test('says so where the app is another version by now', async () => {
    const opened = await open(app);
    await opened.page.route('**/api/me', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), version: '9.9.9' } });
    });
    await opened.enter();
    await opened.page.getByText('The app is version 9.9.9 now').waitFor();
  });
});

/** Scrolls for sixty frames, and tells how long the longest took. */
const SCROLL = `(async () => {
  let longest = 0;
  let last = performance.now();
  for (let frame = 0; frame < 60; frame += 1) {
    window.scrollBy(0, 400);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return longest;
})()`;

test('2,000 reports and 100 windows are there at once, found by search, and chosen by the keyboard', async () => {
  await begin({ activeReportQuota: 5_000 }, { reports: 2_000 });
  const windows = Array.from({ length: 100 }, (_, at) => ({
    name: `window-${at}`,
    reports: { ids: [reportId(at + 1)] },
    schedule: { start: `${at % 60} ${at % 24} * * *`, duration: 'PT1H', timeZone: 'UTC' },
  }));
  const app = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify(windows) });
  const { page } = await enter(app);
  expect(await page.locator('.lane').filter({ hasText: 'window-' }).count()).toBe(100);
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByText('2,000 reports').waitFor();
  expect(await page.locator('.row').count()).toBeLessThan(300);
  const longestInMs = await page.evaluate(SCROLL);
  expect(longestInMs).toBeLessThan(1_000);
  await page.getByLabel('Search').fill('report 1999');
  await page.getByText('1 report', { exact: true }).waitFor();
  await page.getByLabel('Choose report 1999').focus();
  await page.keyboard.press('Space');
  await page.getByRole('toolbar').getByText('1 report chosen').waitFor();
  expect(page.url()).toContain('#/reports?search=report+1999');
  await app.stop();
});

/** How many bytes a browser gets of it. */
function compressedSize(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpGet(url, { headers: { 'accept-encoding': 'gzip, br' } }, (response) => {
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
      });
      response.on('end', () => resolve(response.headers['content-encoding'] === 'gzip' ? size : 0));
    }).on('error', reject);
  });
}
