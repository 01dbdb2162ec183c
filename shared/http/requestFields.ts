import { z } from 'zod';
import { safeText } from '../text/safeText.ts';
import { readInstant } from '../time/readInstant.ts';
import { told } from './answers/told.ts';
import { boundedList } from './boundedList.ts';

/** What bounds a request. */
export interface RequestLimits {
  readonly maxReports: number;
  /** For ends that are given as a duration. */
  readonly nowMs: number;
  /** Whose a request is that names no account; null where it must name one. */
  readonly impliedAccount: string | null;
}

const NO_INSTANT = 'must be an instant like 2026-01-31T06:00:00Z';

/** An instant with its offset, as text: see `readInstant`. */
export const instantText = z
  .string(NO_INSTANT)
  .refine((text) => readInstant(text) !== null, NO_INSTANT)
  .meta({ format: 'date-time' });

/** A request that names no account means the only one there is. */
export function accountOf(impliedAccount: string | null) {
  const name = z
    .string(
      impliedAccount === null
        ? 'must be the name of an account: there are several'
        : 'must be the name of an account',
    )
    .regex(/^[a-z0-9-]{1,63}$/, 'must be the name of an account');
  return told(
    impliedAccount === null ? name : name.default(impliedAccount),
    'Account',
    'The account of the reports; needed where the app has several.',
  );
}

/** Why, as it is kept; what stands there where nothing is said. */
export const reason = (otherwise: string) =>
  told(
    z
      .string('must be text')
      .max(500, 'must be at most 500 characters')
      .transform((text) => safeText(text, 500))
      .default(otherwise),
    'Reason',
    'Why, in your words; shown beside the report and kept in its history.',
  );
/** A caller's own name for a request. */
export const requestId = (description: string) =>
  told(
    z
      .string('must be text')
      .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters')
      .optional(),
    'Request ID',
    description,
  );
/** False where it is left out. */
export const flag = (title: string, description: string) =>
  told(z.boolean('must be true or false').default(false), title, description);

/** Lets a designer offer the reports by name. Source: "OpenAPI extensions for custom connectors". */
const PICKED_FROM_REPORTS = {
  'x-ms-dynamic-values': {
    operationId: 'ListReports',
    'value-collection': 'reports',
    'value-path': 'reportId',
    'value-title': 'reportName',
  },
};

/** Ids of reports in lower case, each once. */
export function reportIds(maxReports: number) {
  const id = z
    .guid('must be a UUID')
    .transform((text) => text.toLowerCase())
    .meta({ title: 'Report ID', description: 'The id of a report.', ...PICKED_FROM_REPORTS });
  return boundedList(id, {
    max: maxReports,
    isNone: 'must be a list of report ids',
    isEmpty: 'must name at least one report',
    isLonger: `must name at most ${maxReports} reports: send several requests`,
  }).transform((ids) => [...new Set(ids)]);
}
