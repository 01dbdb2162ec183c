import { reportNameOf, type ServiceTraits, type Source, type TimeForm } from './history.ts';
import type { Version } from './record.ts';

const START_MS = Date.parse('2099-01-05T18:00:00Z');
const CREATED_MS = Date.parse('2026-01-05T08:00:00Z');

/** A report as one source of the service writes it. `count` is what changes by itself. */
export function showReport(
  traits: ServiceTraits,
  source: Source,
  report: { readonly reportId: string; readonly letter: string; readonly version: Version },
  count: number,
): Record<string, unknown> {
  const { version, letter, reportId } = report;
  const isText = traits.asText.includes(source);
  const whole = {
    reportId,
    reportName: reportNameOf(letter.toUpperCase()),
    description: `edition ${version.edition}`,
    queryId: `d1a4d75e-5ca8-4847-845f-${letter.toUpperCase().charCodeAt(0).toString().padStart(12, '0')}`,
    query: 'SELECT Day FROM AzureUsage TIMESPAN LAST_6_MONTHS',
    user: 'reports@partner.example',
    createdTime: writeTime(CREATED_MS, 'zulu'),
    modifiedTime: modifiedTime(traits, source, version.modifiedMs),
    executeNow: isText ? 'false' : false,
    startTime: writeTime(START_MS, isText ? traits.timeForm[source] : 'zulu'),
    reportStatus: version.status,
    recurrenceInterval: isText ? '24' : 24,
    recurrenceCount: isText ? '1000' : 1000,
    callbackUrl: null,
    callbackMethod: null,
    format: 'csv',
    ...(traits.volatile.includes(source) ? { executionCount: count, executionStatus: 'Running' } : {}),
  };
  const { missing } = traits;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !missing[source].includes(name)));
}

/** `modifiedTime` as the source writes it: on the clock that writes it, cut, in the source's form. */
function modifiedTime(traits: ServiceTraits, source: Source, modifiedMs: number | null): string | null {
  if (modifiedMs === null) return null;
  const onItsClockMs = modifiedMs + traits.timeAheadInMs;
  const cutMs = Math.floor(onItsClockMs / traits.resolutionInMs) * traits.resolutionInMs;
  return writeTime(cutMs, traits.timeForm[source]);
}

function writeTime(atMs: number, form: TimeForm): string {
  const iso = new Date(atMs).toISOString();
  const seconds = iso.slice(0, 19);
  switch (form) {
    case 'zulu':
      return `${seconds}Z`;
    case 'bare':
      return seconds;
    case 'blank':
      return `${seconds.replace('T', ' ')}Z`;
    case 'fraction':
      return `${seconds}.${iso.slice(20, 23)}0000Z`;
    case 'offset':
      return `${seconds}+00:00`;
  }
}
