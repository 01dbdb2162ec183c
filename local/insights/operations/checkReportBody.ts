import { messages } from '../http/messages.ts';
import { parseInstant } from '../model/instant.ts';
import type { Surface } from '../surfaces.ts';
import type { ReportBody } from './requestBody.ts';

const fourHoursInMs = 4 * 3_600_000;

interface Circumstances {
  mode: 'create' | 'update';
  surface: Surface;
  nowMs: number;
}

/** The message of the first rule that a payload breaks, or null. Source: FAQ, "API error codes", and the payload tables. */
export function checkReportBody(body: ReportBody, circumstances: Circumstances): string | null {
  return (
    checkPresence(body, circumstances) ??
    checkTimes(body, circumstances) ??
    checkValues(body, circumstances.surface)
  );
}

function checkPresence(body: ReportBody, { mode, surface }: Circumstances): string | null {
  const runsOnce = mode === 'create' && body.executenow === true;
  const required = [
    body.reportname,
    ...(mode === 'create' ? [body.queryid] : []),
    ...(runsOnce ? [] : [body.starttime]),
    ...(mode === 'create' && !runsOnce ? [body.recurrenceinterval] : []),
    ...(mode === 'update' && surface.family === 'cmp' ? [body.format, body.callbackurl] : []),
  ];
  return required.some((value) => value === undefined || value === null || value === '')
    ? messages.missingValue
    : null;
}

function checkTimes(body: ReportBody, { nowMs }: Circumstances): string | null {
  if (body.executenow === true) {
    return null;
  }
  const startMs = parseInstant(body.starttime ?? '');
  if (startMs === null) {
    return messages.invalidCreation('StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ');
  }
  if (startMs < nowMs + fourHoursInMs) {
    return messages.startsTooSoon;
  }
  if (typeof body.endtime !== 'string') {
    return null;
  }
  const endMs = parseInstant(body.endtime);
  if (endMs === null) {
    return messages.invalidCreation('EndTime should follow format: yyyy-MM-ddTHH:mm:ssZ');
  }
  return endMs > startMs ? null : messages.invalidCreation('EndTime should be greater than StartTime');
}

function checkValues(body: ReportBody, surface: Surface): string | null {
  const interval = body.recurrenceinterval ?? 24;
  const format = body.format ?? 'csv';
  const rules: [boolean, string][] = [
    [body.executenow === true || (interval >= 4 && interval <= 2160), messages.invalidInterval],
    [
      (body.recurrencecount ?? 1) > 0,
      messages.invalidCreation('Recurrence count has to be a positive integer value'),
    ],
    [!(body.reportname ?? '').includes(';'), messages.invalidCreation('Invalid character (;) in ReportName')],
    [
      (body.reportname ?? '').length <= 256 && (body.description ?? '').length <= 256,
      messages.invalidCreation('Limit ReportName and Description length to 256 characters or less'),
    ],
    [
      ['csv', 'tsv'].includes(format.toLowerCase()),
      surface.family === 'mpn'
        ? messages.unknownValue(format)
        : messages.invalidCreation('Report format should be csv/tsv'),
    ],
    [isCallbackUrl(body.callbackurl), messages.unknownValue(body.callbackurl ?? '')],
    [
      ['GET', 'POST'].includes((body.callbackmethod ?? 'POST').toUpperCase()),
      messages.invalidCreation('CallbackMethod can only be GET or POST'),
    ],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

function isCallbackUrl(url: string | null | undefined): boolean {
  return url === null || url === undefined || (URL.canParse(url) && /^https?:/i.test(url));
}
