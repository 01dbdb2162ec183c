import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { operate } from '../../../ctl/operate.ts';
import { writeClockFile } from '../../../local/functionsHost/clockFile.ts';
import { DEFAULT_TENANT_ID } from '../../../local/insights/model/report.ts';
import { type AppUnderTest, hostKeys } from '../appUnderTest.ts';
import { buildApp } from '../buildApp.ts';
import { startCloud } from '../cloudUnderTest.ts';
import { weekReports } from './weekReports.ts';

/** The page reads well in a terminal of this width. */
const WIDTH = 80;
const TIME_ZONE = 'Europe/Amsterdam';
/** What passes between a command and the next one, so that each sees what the one before has done. */
const COMMAND_IN_MS = 30_000;

const NIGHTLY = {
  name: 'nightly',
  account: 'default',
  reports: { namePattern: '*-daily' },
  schedule: { start: '0 22 * * Mon-Thu', end: '06:00', timeZone: TIME_ZONE },
};

/** The app of the week, its people, and the clock that all of them agree on. */
export interface WeekStage {
  /** The clock shows this instant from now on, and stands still. */
  passTo(atMs: number): void;
  /** What the page says happens meanwhile. @throws Error where it is nothing that can happen here. */
  act(deed: string): Promise<void>;
  /** What the command prints, standard error too, as in a terminal; and its exit code where it is not 0. */
  run(argv: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export async function startWeek(beginMs: number): Promise<WeekStage> {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-week-'));
  const clockFile = join(directory, 'clock.json');
  let shownMs = beginMs;
  const passTo = (atMs: number) => {
    shownMs = atMs;
    writeClockFile(clockFile, { systemMs: Date.now(), shownMs, rate: 0, stopsAtMs: null });
  };
  passTo(beginMs);
  const cloud = await startCloud(buildApp(), () => shownMs);
  await cloud.emulator.admin('PUT', 'state', { reports: weekReports });
  const preload = pathToFileURL(join(process.cwd(), 'local/functionsHost/followClock.ts'));
  preload.searchParams.set('file', clockFile);
  const start = (settings: Readonly<Record<string, string>> = {}) =>
    cloud.start(
      {
        MAINTENANCE_WINDOWS: JSON.stringify([NIGHTLY]),
        // The timer would wait in real time: the page says when it fires.
        ...{ TICK_SCHEDULE: '0 * * * * *', 'AzureWebJobs.tick.Disabled': 'true' },
        ...settings,
      },
      ['--import', preload.href],
    );
  let app: AppUnderTest = await start();
  const accounts = JSON.stringify([
    {
      ...{ name: 'marketplace', surface: 'cmp', tenantId: DEFAULT_TENANT_ID },
      baseUrl: `${cloud.insightsUrl}/insights/v1.1/cmp`,
      signIn: { mode: 'managedIdentity' },
    },
  ]);
  const restarts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a second account is configured': { ACCOUNTS: accounts },
    'MODE is observe': { ACCOUNTS: accounts, MODE: 'observe' },
  };
  return {
    passTo,
    act: async (deed) => {
      const settings = restarts[deed];
      if (deed === 'tick') {
        expect(await app.tick()).toMatchObject({ hasSucceeded: true });
      } else if (settings !== undefined) {
        await app.stop();
        app = await start(settings);
      } else {
        await cloud.emulator.admin('PATCH', 'state', deedOf(deed));
      }
    },
    run: async (argv) => {
      const printed: string[] = [];
      const write = (text: string) => void printed.push(text);
      const exitCode = await operate(argv, {
        env: {
          ...{ INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function },
          INTERMISSION_BY: 'ana',
        },
        ...{ timeZone: TIME_ZONE, width: WIDTH, nowMs: () => shownMs },
        readVersion: () => Promise.reject(new Error('no command of the page asks for it')),
        readInput: () => Promise.reject(new Error('no command of the page reads input')),
        readFile: () => Promise.reject(new Error('no command of the page reads a file')),
        ...{ out: write, err: write },
        // A terminal replaces it by what comes next.
        progress: () => {},
        redraw: () => {},
        isColoured: false,
        interrupted: () => new Promise(() => {}),
        sleep: async (durationInMs) => passTo(shownMs + durationInMs),
      });
      passTo(shownMs + COMMAND_IN_MS);
      return [...printed, ...(exitCode === 0 ? [] : [`(exit code ${exitCode})`])].join('\n');
    },
    stop: async () => {
      await cloud.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** `Dana pauses Seats-daily`, as the admin door of the Insights API takes it. */
function deedOf(deed: string): object {
  const [, by = '', action = '', name = ''] = /^(\w+) (pause|resume)s (\S+)$/.exec(deed) ?? [];
  const report = weekReports.find(({ reportName }) => reportName === name);
  if (report === undefined) {
    throw new Error(`Nobody can do this: ${deed}`);
  }
  return { reportId: report.reportId, family: report.family, by, action };
}
