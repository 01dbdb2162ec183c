import type { Hold, Report } from '../connection/answers.ts';
import { showInstant } from './instant.ts';

/** Who holds a report and until when, in a few words. Pure. */
export function shortHold(hold: Hold, timeZone: string): string {
  const until =
    hold.untilUtc === null
      ? 'without an end, until resumed'
      : `until ${showInstant(hold.untilUtc, timeZone)}`;
  const effect = hold.state === 'live' ? '' : ' (without effect)';
  return `${holderOf(hold)} ${until}${effect}`;
}

/** One hold in a sentence. Pure. */
export function holdSentence(hold: Hold, timeZone: string): string {
  const from = showInstant(hold.fromUtc, timeZone);
  const until =
    hold.untilUtc === null
      ? 'without an end, until somebody resumes it'
      : `until ${showInstant(hold.untilUtc, timeZone)}`;
  const name = hold.requestId === null ? '' : `, as request "${hold.requestId}"`;
  const base = `${capital(holderOf(hold))}${name}, from ${from} ${until}`;
  switch (hold.state) {
    case 'live':
      return `${base}, holds it.`;
    case 'foreign':
      return `${base}: it leaves the report alone, because somebody else paused it.`;
    case 'dropped':
      return `${base}: without effect, because ${hold.holder.startsWith('window ') && hold.why !== 'maintenance window' ? `it was ${hold.why}` : 'somebody resumed it or asked for it'}.`;
    default:
      return `${base} (${hold.state}).`;
  }
}

/** That there are more holds than were told; nothing where there are not. Pure. */
export function moreHolds({ holds, holdCount }: Pick<Report, 'holds' | 'holdCount'>): readonly string[] {
  const more = (holdCount ?? holds.length) - holds.length;
  return more > 0 ? [`${more} more`] : [];
}

function holderOf({ holder, who, why }: Hold): string {
  return holder === 'request' ? `a request by ${who} ("${why}")` : holder;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
