import type { Item } from '../http/answer.ts';
import type { Report } from '../model/report.ts';
import type { SourcePolicy } from '../policies/behaviour.ts';
import { timeOf } from '../state/touched.ts';
import type { World } from '../state/world.ts';
import type { OperationCall } from './operationCall.ts';
import { wireReport } from './wireReport.ts';

/** Where a caller meets a report: the policies of each are its own. */
export type Source = 'listRows' | 'readsById' | 'putAnswers';

/** A report as this source of the surface writes it. */
export function showReport({ world, surface }: OperationCall, report: Report, source: Source): Item {
  const policy = world.policies[source];
  const fields = wireReport({ ...report, modifiedTime: shownTime(world, report) }, surface);
  const written = Object.entries(fields)
    .filter(([name]) => !policy.leftOut.includes(name))
    .map(([name, value]) => [name, write(name, value, policy)]);
  return { ...Object.fromEntries(written), ...volatileFields(world, fields, policy) };
}

/** `modifiedTime` as it is kept, or the later instant at which it last moved by itself. */
function shownTime(world: World, { modifiedTime }: Report): string | null {
  const { modifiedTimeMovesByItselfEveryMs: everyMs } = world.policies;
  if (everyMs === null) {
    return modifiedTime;
  }
  const movedMs = Math.floor(world.clock.nowMs() / everyMs) * everyMs;
  const keptMs = modifiedTime === null ? Number.NEGATIVE_INFINITY : Date.parse(modifiedTime);
  return movedMs > keptMs ? timeOf(world, movedMs) : modifiedTime;
}

function write(name: string, value: unknown, { timeForm, asText }: SourcePolicy): unknown {
  const isTime = name.endsWith('Time') && typeof value === 'string';
  const written = isTime ? timeForms[timeForm](value) : value;
  return asText.includes(name) && written !== null ? String(written) : written;
}

/** Each a way of writing an instant that some service uses. */
const timeForms: Record<SourcePolicy['timeForm'], (utc: string) => string> = {
  utc: (utc) => utc,
  noZone: (utc) => utc.replace('Z', ''),
  blank: (utc) => utc.replace('T', ' '),
  milliseconds: (utc) => new Date(utc).toISOString(),
  ticks: (utc) => new Date(utc).toISOString().replace('Z', '0000Z'),
  zeroOffset: (utc) => utc.replace('Z', '+00:00'),
  otherZone: (utc) => new Date(Date.parse(utc) + 7_200_000).toISOString().replace(/\.000Z|Z/, '+02:00'),
  unreadable: (utc) => `about ${utc.slice(0, 10)}`,
};

function volatileFields(world: World, fields: Item, { volatile }: SourcePolicy): Item {
  if (volatile.length === 0) {
    return {};
  }
  const answerNr = (world.counts.get('volatile') ?? 0) + 1;
  world.counts.set('volatile', answerNr);
  return Object.fromEntries(volatile.map((name) => [name, `${fields[name] ?? ''} #${answerNr}`]));
}
