import { type ParsedWindows, parseWindows } from '../../../shared/windows/parseWindows.ts';
import { reportIdOf } from './sampleReport.ts';

/** A schedule without fault. */
export const schedule = { start: '0 22 * * 6', duration: 'PT8H', timeZone: 'Europe/Berlin' };
/** A window without fault. */
export const good = { name: 'load', reports: { ids: [reportIdOf(1)] }, schedule };

/** Parses a list of these windows. */
export function parse(...windows: readonly unknown[]) {
  return parseWindows(windows, { defaultAccount: 'main' });
}

/** Code and place of each problem. */
export function brief({ problems }: ParsedWindows) {
  return problems.map(({ code, pointer }) => `${code} ${pointer}`);
}
