import type { Ownership } from '../model/ownership.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';
import type { Settled, SettleInput } from './settle.ts';

/** The ownership stays; `wait` names why nothing may be done yet, null where something may. */
export function keep(ownership: Ownership, wait: Reason | null): Settled {
  return { ownership, wait, holdsBecome: 'live', events: [] };
}

/** The report is no longer ours to look after. */
export function close(
  input: SettleInput,
  wait: Reason | null,
  name: ReportEvent['name'],
  detail: string,
): Settled {
  return { ownership: null, wait, holdsBecome: 'live', events: [eventOf(input, name, detail)] };
}

/** What is told of the report at hand. */
export function eventOf(input: SettleInput, name: ReportEvent['name'], detail: string): ReportEvent {
  const { reportId, reportName } = input.seen.report;
  return { name, reportId, reportName, detail };
}

/** True where an attempt of ours may still have taken effect after that read, or may yet. */
export function isUnderWay(
  ownership: Extract<Ownership, { kind: 'pausing' | 'resuming' }>,
  input: SettleInput,
): boolean {
  const last = ownership.attempts.at(-1);
  return last !== undefined && serviceReadMs(input) <= last.untilServiceMs;
}

/** When the report was read, on the service's clock. */
export function serviceReadMs({ seen }: SettleInput): number {
  return seen.readAtMs + seen.serviceOffsetInMs;
}
