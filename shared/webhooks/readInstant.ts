import { z } from 'zod';

const withOffset = z.iso.datetime({ offset: true });

const YEAR_2000_MS = 946_684_800_000;

/** Milliseconds of an ISO 8601 instant with offset or `Z`; null where the text is none. Pure. */
export function readInstant(text: string): number | null {
  return text.length <= 64 && withOffset.safeParse(text).success ? Date.parse(text) : null;
}

/**
 * An instant of Azure Monitor, where one without offset is UTC, and the year 1 is .NET's way to say that there is
 * none. `missing` where there is none, null where it cannot be read.
 */
export function readAzureInstant(value: unknown): number | 'missing' | null {
  if (value === undefined || value === null || value === '') return 'missing';
  if (typeof value !== 'string') return null;
  const instantMs = readInstant(/(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`);
  return instantMs !== null && instantMs < YEAR_2000_MS ? 'missing' : instantMs;
}
