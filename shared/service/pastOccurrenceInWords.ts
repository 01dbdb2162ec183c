import type { TallyState } from '../model/occurrenceTally.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { whoInWords } from './holdInWords.ts';
import type { ShownPastOccurrence } from './shownPastOccurrence.ts';

/** What became of an occurrence, in one sentence for people: the window, when it was, and what came of it. Pure. */
export function pastOccurrenceInWords(shown: Omit<ShownPastOccurrence, 'inWords'>, timeZone: string): string {
  return `${shown.window}, ${spanInWords(shown, timeZone)}: ${whatCameOfIt(shown, timeZone).join('; ')}`;
}

function whatCameOfIt(shown: Omit<ShownPastOccurrence, 'inWords'>, timeZone: string): readonly string[] {
  const { state, problem } = shown;
  switch (state) {
    case 'missed':
      return ['missed: no tick came while it was open, so nothing was paused'];
    case 'unknown':
      return ['nothing was kept of its reports', ...latenessInWords(shown)];
    case 'open':
    case 'ending':
    case 'done':
      return [
        countsInWords(shown),
        ...saidInWords(shown),
        ...latenessInWords(shown),
        ...executionsInWords(shown, timeZone),
        ...(problem === null ? [] : [`nothing could be done at the last look: ${problem.message}`]),
        ...(state === 'open' ? ['still open'] : []),
      ];
  }
}

const phrases: readonly (readonly [TallyState, string])[] = [
  ['resumed', 'resumed'],
  ['owed', 'still to be resumed'],
  ['stillHeld', 'held on by something else'],
  ['foreign', 'already paused by a person'],
  ['resumedByPerson', 'resumed by a person meanwhile'],
  ['failed', 'not paused, because that failed'],
  ['underWay', 'not paused yet'],
  ['doubtful', 'in doubt'],
  ['inactive', 'with a schedule that has run out'],
  ['notFound', 'not found'],
];

function countsInWords({ counts }: Pick<ShownPastOccurrence, 'counts'>): string {
  const { everPaused } = counts;
  const others = phrases.flatMap(([state, phrase]) =>
    counts[state] > 0 ? [`${counts[state]} ${phrase}`] : [],
  );
  return everPaused === 0 && others.length > 0
    ? others.join(', ')
    : [everPaused === 0 ? 'nothing was paused' : `${everPaused} paused`, ...others].join(', ');
}

function saidInWords({ said }: Pick<ShownPastOccurrence, 'said'>): readonly string[] {
  if (said === null) return [];
  const what = said.what === 'ended' ? 'ended early' : 'extended';
  return [`${what} by ${whoInWords(said.who)} ("${said.why}")`];
}

/** Less is what the timer makes of any begin. */
const WORTH_TELLING_IN_SECONDS = 1;

function latenessInWords({
  begunLateInSeconds,
  endedLateInSeconds,
}: Pick<ShownPastOccurrence, 'begunLateInSeconds' | 'endedLateInSeconds'>): readonly string[] {
  const late = (what: string, seconds: number | null) =>
    seconds === null || seconds < WORTH_TELLING_IN_SECONDS ? [] : [`${what} ${spanOf(seconds)} late`];
  return [...late('begun', begunLateInSeconds), ...late('ended', endedLateInSeconds)];
}

function spanOf(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function executionsInWords(
  { executions }: Pick<ShownPastOccurrence, 'executions'>,
  timeZone: string,
): readonly string[] {
  const { missed, completed, missing, first } = executions;
  const after =
    first === null
      ? []
      : [
          `first execution after it done ${instantInWords(first.completedUtc, timeZone)}, ${completed} in all`,
        ];
  return [
    ...(missed === 0 ? [] : [`${missed} ${missed === 1 ? 'execution' : 'executions'} missed`]),
    ...after,
    ...(missing === 0 ? [] : [`${missing} did not run again`]),
  ];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon 30 Nov 22:00 to 06:00 Amsterdam`; another day is told where the end is not on the next morning. */
function spanInWords(
  {
    weekday,
    fromLocal,
    untilLocal,
    fromUtc,
    untilUtc,
  }: Pick<ShownPastOccurrence, 'weekday' | 'fromLocal' | 'untilLocal' | 'fromUtc' | 'untilUtc'>,
  timeZone: string,
): string {
  const from = `${weekday.slice(0, 3)} ${dayOf(fromLocal)} ${timeOf(fromLocal)}`;
  const zone = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  if (untilLocal === null || untilUtc === null) return `${from} ${zone}, until resumed`;
  const isShort = Date.parse(untilUtc) - Date.parse(fromUtc) < 86_400_000;
  const until = isShort ? timeOf(untilLocal) : `${dayOf(untilLocal)} ${timeOf(untilLocal)}`;
  return `${from} to ${until} ${zone}`;
}

/** `1 Dec 08:00`, in the zone. */
function instantInWords(utc: string, timeZone: string): string {
  const { local } = formatInstant(Date.parse(utc), timeZone);
  return `${dayOf(local)} ${timeOf(local)}`;
}

function dayOf(local: string): string {
  return `${Number(local.slice(8, 10))} ${MONTHS[Number(local.slice(5, 7)) - 1] ?? ''}`;
}

function timeOf(local: string): string {
  return local.slice(11, 16);
}
