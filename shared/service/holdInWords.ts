import { KEY_CALLER } from '../callers/caller.ts';
import type { Hold } from '../model/hold.ts';
import { utcText } from '../windows/formatInstant.ts';

/** Who holds, why and until when; a hold without an end says so. Pure. */
export function holdInWords({
  holder,
  who,
  why,
  state,
  untilMs,
}: Pick<Hold, 'holder' | 'who' | 'why' | 'state' | 'untilMs'>): string {
  const whose = holder.kind === 'window' ? who : `${whoInWords(who)} ("${why}")`;
  const until = untilMs === null ? 'without an end, until somebody resumes it' : `until ${utcText(untilMs)}`;
  return `${whose} ${until}${effects[state]}`;
}

const effects = {
  live: '',
  foreign: '; without effect, since somebody else had paused it',
  dropped: '; without effect, since somebody resumed it or asked for it',
} as const satisfies Record<Hold['state'], string>;

/** A caller of Entra as `whoAsked` writes it, with its name. */
const OF_ENTRA = /^entra:(app|user):\S+ \((.+)\)$/;

/** Who asked, as people call them: an app or a user by its name, where the tenant gave one. Pure. */
export function whoInWords(who: string): string {
  if (who === KEY_CALLER) {
    return 'somebody with a function key';
  }
  const [, kind, name] = OF_ENTRA.exec(who) ?? [];
  return name === undefined ? who : kind === 'app' ? `app ${name}` : name;
}
