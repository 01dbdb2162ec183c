// `npm run screenshots`: takes the pictures of docs/page.md from the page as the local cloud serves it, light and dark, large and
// small. Wants `npm run build` first.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../local/browser/launchChromium.ts';
import { composeSettings } from '../local/start/localSettings.ts';
import { type LocalCloud, startLocalCloud } from '../local/start/startLocalCloud.ts';
import { runTick } from '../local/start/tickRun.ts';
import { pictures, takePicture } from './screenshots/pictures.ts';
import { reportsOfPictures, windowsOfPictures } from './screenshots/scene.ts';

const FOLDER = join(process.cwd(), 'docs/images');

const cloud = await startLocalCloud({
  ...{ appDirectory: process.cwd(), functionsPort: 0, emulatorPort: 0, userAssignedClientIds: [] },
  ...{ nodeArguments: [], nowMs: Date.now },
  settings: (addresses) => ({
    ...composeSettings({ sample: {}, addresses, nowMs: Date.now(), own: {} }),
    ...{ REPORT_IDS: '', PAUSE_SCHEDULE: '', PAUSE_DURATION: '' },
    MAINTENANCE_WINDOWS: JSON.stringify(windowsOfPictures(Date.now())),
  }),
});
const browser = await launchChromium();
try {
  await setTheScene(cloud);
  await mkdir(FOLDER, { recursive: true });
  for (const picture of pictures) {
    await takePicture(browser, cloud, picture, FOLDER);
    console.log(picture.name);
  }
} finally {
  await browser.close();
  await cloud.stop();
}

/** Reports of a partner, a window that is on, a request of a person, and one report that nobody can tell whose pause it is. */
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
