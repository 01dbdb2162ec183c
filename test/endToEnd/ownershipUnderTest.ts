import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createDemoClock } from '../../local/start/demo/demoClock.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { buildApp } from './buildApp.ts';
import { IDENTITY_CLIENT_ID, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { actSchema, judgeOwnership, type ToldEvent } from './ownershipRecord.ts';
import { stateSchema } from './wireShapes.ts';

const SECOND_IN_MS = 1_000;
const MINUTE_IN_MS = 60 * SECOND_IN_MS;
/** Longer than the longest lasting alarm waits before it is told again. */
const DAY_IN_MS = 24 * 60 * MINUTE_IN_MS;

const eventLine = z.looseObject({ event: z.string(), reportId: z.string().default('') });

/** The service of an emulator that behaves as a preset or policies say, and all that meets it. */
export type OwnershipCloud = Awaited<ReturnType<typeof startOwnershipCloud>>;

/**
 * The local cloud with a clock of its own, which the emulator, the identity and every app live by and which `pass` moves.
 * It walks in real time otherwise, so that limits, leases and back-off count as they do in production.
 */
export async function startOwnershipCloud(appDirectory = buildApp()) {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-ownership-'));
  const clock = createDemoClock(directory, Date.now());
  const cloud = await startCloud(appDirectory, clock.nowMs);
  const { admin } = cloud.emulator;
  const events: ToldEvent[] = [];
  let pausedBefore: ReadonlySet<string> = new Set();

  const pass = (inMs: number) => clock.passTo(clock.nowMs() + inMs, 0);
  const statuses = async () => {
    const { reports } = stateSchema.parse(await admin('GET', 'state'));
    return new Map(reports.map((report) => [report.reportId, report.reportStatus]));
  };
  const acts = async () => z.array(actSchema).parse(await admin('GET', 'changes?all=true'));

  return {
    ...cloud,
    nowMs: clock.nowMs,
    /** Time passes at once, for everything. */
    pass,
    /** Begins anew: so many active reports, the last `paused` of them paused by people, and a service that behaves so. */
    behave: async (
      policies: object,
      { reports, paused = 0 }: { readonly reports: number; readonly paused?: number },
    ) => {
      const seeds = Array.from({ length: reports }, (_, at) => ({
        reportId: reportId(at + 1),
        reportName: `report ${at + 1}`,
        reportStatus: at < reports - paused ? 'Active' : 'Paused',
        // Long after every test, so that no run of a report changes anything meanwhile.
        startTime: '2099-01-05T18:00:00Z',
      }));
      await admin('DELETE', 'faults');
      await admin('PUT', 'state', { reports: seeds });
      await admin('PATCH', 'policies', policies);
      pausedBefore = new Set(seeds.slice(reports - paused).map((seed) => seed.reportId));
      events.length = 0;
    },
    /** Changes how the service behaves from now on. */
    behaveNow: (policies: object) => admin('PATCH', 'policies', policies),
    /** Starts an app that lives by the clock and whose events the judge hears. */
    start: async (settings: Readonly<Record<string, string>> = {}): Promise<AppUnderTest> => {
      const app = await cloud.start({ REPORT_IDS: '', ...settings }, clock.nodeArguments);
      app.host.onLine(({ message }) => {
        const line = eventLine.safeParse(parseJson(message));
        if (line.success) {
          const { event: name, reportId: about } = line.data;
          events.push({ name, reportId: about, atMs: clock.nowMs() });
        }
      });
      return app;
    },
    /** The settings of one window from now, or so much later, on these reports. */
    windowFromNow: (
      ids: readonly string[],
      { inMs = 0, durationInMs }: { readonly inMs?: number; readonly durationInMs: number },
    ): Readonly<Record<string, string>> => {
      const [from, to] = [clock.nowMs() + inMs, clock.nowMs() + inMs + durationInMs].map((atMs) =>
        new Date(atMs).toISOString(),
      );
      return {
        MAINTENANCE_WINDOWS: JSON.stringify([{ name: 'night', reports: { ids }, schedule: { from, to } }]),
      };
    },
    /** `times` ticks by `POST /api/tick`, each `everyMs` after the one before; each must be answered. */
    ticks: async (app: AppUnderTest, times: number, everyMs = MINUTE_IN_MS) => {
      for (let tick = 0; tick < times; tick += 1) {
        await pass(everyMs);
        const { status, text } = await app.call('POST', '/api/tick', { body: {} });
        if (![200, 202, 207, 404, 409, 502, 503].includes(status)) {
          throw new Error(`the tick was answered ${status}: ${text}`);
        }
      }
    },
    /** A person in the portal: `action` is pause, resume, edit, delete or recreate; `inMs` does it later. */
    person: (about: string, action: string, more: object = {}) =>
      admin('PATCH', 'state', { reportId: about, by: 'dana@partner.example', action, ...more }),
    events: (): readonly ToldEvent[] => events,
    acts,
    statuses,
    /** What was done wrong so far by the service's own record, a sentence each; `held` are reports that shall be paused. */
    wrongs: async ({ held = [] }: { readonly held?: readonly string[] } = {}) =>
      judgeOwnership({
        acts: await acts(),
        statuses: await statuses(),
        ourClientId: IDENTITY_CLIENT_ID,
        pausedBefore,
        held: new Set(held),
        events,
        alarmsSinceMs: clock.nowMs() - DAY_IN_MS - MINUTE_IN_MS,
      }),
    stop: async () => {
      await cloud.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
