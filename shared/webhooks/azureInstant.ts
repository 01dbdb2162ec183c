import { readAnyInstant } from '../time/readInstant.ts';

const YEAR_2000_MS = 946_684_800_000;

/**
 * True for an instant by which a sender says that there is none: the year 1 is the zero time of .NET and of Go, which
 * Grafana and Alertmanager send as the end of what is under way. Pure.
 */
export function isNoInstant(atMs: number): boolean {
  return atMs < YEAR_2000_MS;
}

/**
 * An instant of Azure Monitor, where one without offset is UTC. `missing` where there is none, null where it cannot be read.
 */
export function readAzureInstant(value: unknown): number | 'missing' | null {
  if (value === undefined || value === null || value === '') return 'missing';
  const atMs = typeof value === 'string' ? (readAnyInstant(value)?.atMs ?? null) : null;
  return atMs !== null && isNoInstant(atMs) ? 'missing' : atMs;
}
