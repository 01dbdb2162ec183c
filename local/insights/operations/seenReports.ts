import type { Report, ReportStatus } from '../model/report.ts';
import type { Glitch } from '../policies/behaviour.ts';
import { versionAt, versionBefore } from '../state/putReport.ts';
import { settleReport } from '../state/settleReport.ts';
import type { World } from '../state/world.ts';
import { keyOf } from './findReport.ts';
import type { OperationCall } from './operationCall.ts';

/** The caller's report as a read by id shows it: by the replica whose turn it is, or as a glitch has it. */
export function seenById(call: OperationCall, reportId: string): Report | undefined {
  const { world } = call;
  const { replicaLagsInMs, readGlitches } = world.policies;
  const key = keyOf(call, reportId);
  const truth = settleReport(world, key);
  const readNr = count(world, 'readsById') - 1;
  const seen = asOf(world, key, truth, replicaLagsInMs[readNr % replicaLagsInMs.length] ?? 0);
  for (const [index, glitch] of readGlitches.entries()) {
    if (truth !== undefined && strikes(world, `glitch ${index} ${key}`, glitch, truth.reportStatus)) {
      return asGlitched(world, key, truth, glitch);
    }
  }
  return seen;
}

/** The caller's reports as a list shows them: late, and without those that the policies omit. */
export function seenInList(call: OperationCall): readonly Report[] {
  const { world } = call;
  const { listLagInMs, listOmits, listOmitsIds } = world.policies;
  const prefix = keyOf(call, '');
  const keys = new Set([...world.reports.keys(), ...(listLagInMs > 0 ? world.versions.keys() : [])]);
  const seen = [...keys]
    .filter((key) => key.startsWith(prefix))
    .map((key) => asOf(world, key, settleReport(world, key), listLagInMs))
    .filter((report) => report !== undefined)
    .filter(({ reportId }) => !listOmitsIds.includes(reportId));
  switch (listOmits) {
    case 'nothing':
      return seen;
    case 'paused':
      return seen.filter(({ reportStatus }) => reportStatus !== 'Paused');
    case 'some': {
      const listNr = count(world, 'lists');
      return seen.filter((_, index) => (index + listNr) % 3 !== 0);
    }
    case 'everything':
      return [];
  }
}

function asOf(world: World, key: string, truth: Report | undefined, lagInMs: number): Report | undefined {
  if (lagInMs === 0) {
    return truth;
  }
  const then = versionAt(world, key, world.clock.nowMs() - lagInMs);
  return then === undefined ? truth : (then ?? undefined);
}

/** Whether a glitch befalls this read; counts the read. */
function strikes(world: World, name: string, glitch: Glitch, status: ReportStatus): boolean {
  if (glitch.whenStatus !== 'any' && glitch.whenStatus !== status) {
    return false;
  }
  const isSkipped = count(world, `${name} reads`) <= glitch.skip;
  const struck = world.counts.get(`${name} struck`) ?? 0;
  const isOver = glitch.times !== null && struck >= glitch.times;
  const nowMs = world.clock.nowMs();
  const lastMs = world.counts.get(`${name} last`) ?? Number.NEGATIVE_INFINITY;
  if (isSkipped || isOver || nowMs - lastMs < glitch.apartInMs) {
    return false;
  }
  world.counts.set(`${name} struck`, struck + 1);
  world.counts.set(`${name} last`, nowMs);
  return true;
}

function asGlitched(world: World, key: string, truth: Report, { shows }: Glitch): Report | undefined {
  switch (shows) {
    case 'notFound':
      return undefined;
    case 'oldState':
      return versionBefore(world, key) ?? truth;
    case 'nullTime':
      return { ...truth, modifiedTime: null };
    case 'olderTime': {
      const kept = truth.modifiedTime ?? truth.createdTime;
      return {
        ...truth,
        modifiedTime: new Date(Date.parse(kept) - 3_600_000).toISOString().replace('.000', ''),
      };
    }
    default:
      return { ...truth, reportStatus: shows };
  }
}

function count(world: World, name: string): number {
  const next = (world.counts.get(name) ?? 0) + 1;
  world.counts.set(name, next);
  return next;
}
