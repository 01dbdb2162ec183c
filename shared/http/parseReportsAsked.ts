import { z } from 'zod';
import type { ReportStatus } from '../model/report.ts';
import type { PagePlace, ReportsAsked } from '../service/reportPage.ts';
import { MAX_NAME_PATTERN_LENGTH } from '../windows/namePattern.ts';
import type { Answer } from '../wire/problem.ts';
import { invalidQuery } from './parseRange.ts';

/** The longest page. */
export const MAX_PAGE = 1_000;

type ParsedReportsAsked =
  | { readonly ok: true; readonly value: ReportsAsked }
  | { readonly ok: false; readonly answer: Answer };

const STATUSES: readonly ReportStatus[] = ['Active', 'Paused', 'Inactive'];

/** Reads which reports a query asks for. A parameter that cannot be used is refused, and not left out of account. */
export function parseReportsAsked(query: URLSearchParams): ParsedReportsAsked {
  const status = query.get('status');
  const known = STATUSES.find((one) => one.toLowerCase() === status?.toLowerCase()) ?? null;
  if (status !== null && known === null) {
    return refuse('/status', `must be ${STATUSES.join(', ')}`);
  }
  const held = query.get('held');
  if (held !== null && held !== 'true' && held !== 'false') {
    return refuse('/held', 'must be true or false');
  }
  const namePattern = query.get('name');
  if (namePattern !== null && (namePattern === '' || namePattern.length > MAX_NAME_PATTERN_LENGTH)) {
    return refuse('/name', `must be a name or a pattern of 1 to ${MAX_NAME_PATTERN_LENGTH} characters`);
  }
  const limit = query.get('limit');
  if (limit !== null && (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > MAX_PAGE)) {
    return refuse('/limit', `must be 1 to ${MAX_PAGE}`);
  }
  const continuation = query.get('continuation');
  const after = continuation === null ? null : readContinuation(continuation);
  if (continuation !== null && after === null) {
    return refuse('/continuation', 'must be what the answer before had');
  }
  return {
    ok: true,
    value: {
      reportId: null,
      ...{ status: known, isHeld: held === null ? null : held === 'true', namePattern, after },
      limit: limit === null ? null : Number(limit),
    },
  };
}

/** Where a list goes on, as one word; callers need not know what is in it. */
export function writeContinuation({ account, reportId }: PagePlace): string {
  return Buffer.from(JSON.stringify([account, reportId])).toString('base64url');
}

const place = z.tuple([z.string().max(63), z.string().max(64)]);

function readContinuation(text: string): PagePlace | null {
  if (!/^[\w-]{1,400}$/.test(text)) {
    return null;
  }
  try {
    const [account, reportId] = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { account, reportId };
  } catch {
    return null;
  }
}

function refuse(pointer: string, message: string): ParsedReportsAsked {
  return { ok: false, answer: invalidQuery(pointer, message) };
}
