// What the page costs: bytes to begin with, time to first sight, and what an open page asks of the app and the storage in an hour.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../local/browser/launchChromium.ts';
import { startFunctionsHost } from '../local/functionsHost/startFunctionsHost.ts';
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { makeBenchApps } from './parts/benchApps.ts';
import { median } from './parts/median.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const RUNS = numberFlag('runs', 9);
const LOOKS = 20;
const LOOK_EVERY_MS = 30_000;
const LOOKS_AN_HOUR = 3_600_000 / LOOK_EVERY_MS;
const KEYS = { master: 'master', function: 'function' };
const SIZE_GOAL_IN_BYTES = 100 * 1024;
const SIGHT_GOAL_IN_MS = 1_000;

/** Goals: 100 KiB to begin with, first sight within a second of 1,000 reports. */
export async function measure(): Promise<Measurement> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'intermission-bench-page-'));
  const countFile = join(stateDirectory, 'count');
  const [apps, azurite, insights, browser] = await Promise.all([
    makeBenchApps(),
    startAzurite({ directory: null, nodePath: process.execPath }),
    startInsights({ reports: 1_000, latencyInMs: 50, callsPerSecond: null }),
    launchChromium(),
  ]);
  const host = await startFunctionsHost({
    ...{ appDirectory: apps.intermission, stateDirectory, keys: KEYS, port: 0, nodePath: process.execPath },
    nodeArguments: ['--require', join(process.cwd(), 'bench/parts/countStorage.cjs')],
    settings: {
      ...settingsOf(insights.origin, azurite.connectionString),
      ...{ COUNT_FILE: countFile, COUNTED_HOST: storageHostOf(azurite.connectionString) },
    },
  });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${host.url}/api/ui`);
    await page.getByLabel('Function key').fill(KEYS.function);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('h1.sentence').waitFor();
    const sights = [];
    for (let run = 0; run < RUNS; run += 1) sights.push(await timeOfSight(page));
    const bytes = await bytesOf(host.url);
    const storageCalls = async () => Number(await readFile(countFile, 'utf8'));
    return measurementOf(sights, bytes, await countLooks(page, storageCalls));
  } finally {
    await browser.close();
    await host.kill();
    insights.stop();
    await azurite.stop();
    await apps.remove();
    await rm(stateDirectory, { recursive: true });
  }
}

function settingsOf(origin: string, connectionString: string): Readonly<Record<string, string>> {
  return {
    TENANT_ID: '20000000-0000-4000-8000-000000000000',
    INSIGHTS_BASE_URL: `${origin}/bench/insights/v1/mpn`,
    EXTRA_API_HOSTS: new URL(origin).host,
    ...{ IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: 'bench' },
    AzureWebJobsStorage: connectionString,
    // Only what the page asks for happens.
    TICK_SCHEDULE: `0 ${(new Date().getUTCMinutes() + 30) % 60} * * * *`,
    MAINTENANCE_WINDOWS: JSON.stringify([
      {
        ...{ name: 'nightly', reports: { all: true }, maxReports: 10_000 },
        schedule: { start: '0 2 * * *', duration: 'PT4H', timeZone: 'UTC' },
      },
    ]),
  };
}

function storageHostOf(connectionString: string): string {
  return /\bTableEndpoint=https?:\/\/([^:/;]+)/.exec(connectionString)?.[1] ?? '127.0.0.1';
}

/** From the begin of a load, the key being known, to the sentence; the files are in the browser's cache, as on any second look. */
async function timeOfSight(page: Page): Promise<number> {
  const beganMs = performance.now();
  await page.reload({ waitUntil: 'commit' });
  await page.locator('h1.sentence').waitFor();
  return performance.now() - beganMs;
}

/** What a browser loads before it shows anything, compressed. */
async function bytesOf(url: string): Promise<number> {
  const html = await (await fetch(`${url}/api/ui`)).text();
  const paths = [...html.matchAll(/(?:src|href)="(\/api\/ui\/[^"]+)"/g)].map(([, path = '']) => path);
  const sizes = await Promise.all(paths.map((path) => compressedSize(`${url}${path}`)));
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(html));
}

function compressedSize(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
      });
      response.on('end', () => resolve(size));
    }).on('error', reject);
  });
}

interface Looks {
  readonly requests: number;
  readonly storageCalls: number;
}

/** So many looks, each half a minute after the one before by the page's clock, and what they ask for. */
async function countLooks(page: Page, storageCalls: () => Promise<number>): Promise<Looks> {
  const beganMs = Date.now();
  let requests = 0;
  page.on('request', () => {
    requests += 1;
  });
  const before = await storageCalls();
  for (let look = 1; look <= LOOKS; look += 1) {
    await page.clock.setSystemTime(beganMs + look * LOOK_EVERY_MS);
    const answers = ['reports', 'windows', 'accounts'].map((name) =>
      page.waitForResponse((response) => response.url().endsWith(`/api/${name}`)),
    );
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange')); null");
    await Promise.all((await Promise.all(answers)).map((answer) => answer.finished()));
    // Until the page has read it, and is ready for the next look.
    await page.waitForTimeout(300);
  }
  return { requests, storageCalls: (await storageCalls()) - before };
}

function measurementOf(sights: readonly number[], bytes: number, looks: Looks): Measurement {
  const sight = median(sights);
  const anHour = (count: number) => Math.round((count / LOOKS) * LOOKS_AN_HOUR);
  const kib = `${(bytes / 1024).toFixed(1)} KiB`;
  return {
    name: 'page',
    ratio: `${kib} to begin with, first sight of 1,000 reports after ${Math.round(sight)} ms; an open page asks ${anHour(looks.requests)} times an hour`,
    goals: [
      { text: 'at most 100 KiB compressed to begin with', isMet: bytes <= SIZE_GOAL_IN_BYTES },
      { text: 'first sight within one second', isMet: sight <= SIGHT_GOAL_IN_MS },
    ],
    columns: ['what', 'number'],
    rows: [
      ['shell, script, style and icon, compressed', kib],
      ['first sight, 1,000 reports, median', `${Math.round(sight)} ms`],
      ['first sight, the slowest', `${Math.round(Math.max(...sights))} ms`],
      ['requests of a visible page an hour', String(anHour(looks.requests))],
      ['storage calls for them an hour', String(anHour(looks.storageCalls))],
    ],
    notes: [
      `Counted over ${LOOKS} looks, one in 30 s. A page that is not visible asks for nothing.`,
      'First sight is that of somebody who has been here: the key is in the tab, the files are in the cache of the browser.',
    ],
  };
}

if (import.meta.main) {
  await runBench(measure);
}
