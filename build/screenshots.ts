// `npm run screenshots`: takes the pictures of docs/page.md from the page as the local cloud serves it, light and dark, large and
// small. Wants `npm run build` first.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../local/browser/launchChromium.ts';
import { createDemoClock } from '../local/start/demo/demoClock.ts';
import { localKeys } from '../local/start/localKeys.ts';
import { composeSettings, sampleReportIds } from '../local/start/localSettings.ts';
import { type LocalCloud, startLocalCloud } from '../local/start/startLocalCloud.ts';
import { runTick } from '../local/start/tickRun.ts';
import { type Picture, pictures, picturesOfTrouble, takePicture } from './screenshots/pictures.ts';
import { reportsOfPictures, windowsOfPictures } from './screenshots/scene.ts';

const FOLDER = join(process.cwd(), 'docs/images');
const MINUTE_IN_MS = 60_000;

// A clock of their own, so that hours may pass between two pictures.
const directory = mkdtempSync(join(tmpdir(), 'intermission-pictures-'));
const clock = createDemoClock(directory, Date.now());
const cloud = await startLocalCloud({
  ...{ appDirectory: process.cwd(), functionsPort: 0, emulatorPort: 0, userAssignedClientIds: [] },
  ...{ nodeArguments: clock.nodeArguments, nowMs: clock.nowMs },
  ...{ seedFile: null, keys: localKeys(directory) },
  settings: (addresses) => {
    const given = { sample: {}, addresses, nowMs: clock.nowMs(), own: {}, reportIds: sampleReportIds };
    const settings = composeSettings({ ...given, accounts: null });
    const windows = JSON.stringify(windowsOfPictures(clock.nowMs()));
    const simple = { REPORT_IDS: '', PAUSE_SCHEDULE: '', PAUSE_DURATION: '' };
    return { accountName: null, settings: { ...settings, ...simple, MAINTENANCE_WINDOWS: windows } };
  },
});
const browser = await launchChromium();
try {
  await mkdir(FOLDER, { recursive: true });
  await setTheScene(cloud);
  await takeAll(pictures);
  await letPeopleInterfere(cloud);
  await takeAll(picturesOfTrouble);
} finally {
  await browser.close();
  await cloud.stop();
  rmSync(directory, { recursive: true });
}

async function takeAll(all: readonly Picture[]): Promise<void> {
  for (const picture of all) {
    await takePicture(browser, cloud, { ...picture, nowMs: clock.nowMs() }, FOLDER);
    console.log(picture.name);
  }
}

/** Reports of a partner, a window that is on, and a request of a person. */
async function setTheScene({ host, emulatorUrl, functionKey }: LocalCloud): Promise<void> {
  await send(`${emulatorUrl}/_admin/state`, 'PUT', { reports: reportsOfPictures }, {});
  await runTick({ url: host.url, functionKey });
  await send(
    `${host.url}/api/pause`,
    'POST',
    {
      reportIds: [reportsOfPictures[9]?.reportId, reportsOfPictures[10]?.reportId],
      ...{ duration: 'PT40H', reason: 'the warehouse is moved' },
    },
    { 'x-functions-key': functionKey, 'x-requested-by': 'ana' },
  );
}

/** Dana resumes a report of ours in the portal and pauses it again: nobody can tell whose pause it is then. */
async function letPeopleInterfere({ host, emulatorUrl, functionKey }: LocalCloud): Promise<void> {
  for (const action of ['resume', 'pause']) {
    await pass(5 * MINUTE_IN_MS);
    for (const at of [9, 10]) {
      const act = { reportId: reportsOfPictures[at]?.reportId, by: 'dana@partner.example', action };
      await send(`${emulatorUrl}/_admin/state`, 'PATCH', act, {});
    }
  }
  for (let tick = 0; tick < 3; tick += 1) {
    await pass(5 * MINUTE_IN_MS);
    await runTick({ url: host.url, functionKey });
  }
}

function pass(inMs: number): Promise<void> {
  return clock.passTo(clock.nowMs() + inMs, 0);
}

async function send(
  url: string,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  }
}
