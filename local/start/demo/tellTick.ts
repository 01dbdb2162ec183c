import type { TickRun } from '../tickRun.ts';

type Result = TickRun['results'][number];

interface Telling {
  readonly isOf: (result: Result) => boolean;
  /** Its sentence says the message of the results, so that it speaks of reports with the same one alone. */
  readonly saysMessage?: true;
  /** `names` are of all reports of which it is true. */
  readonly tell: (names: string, results: readonly Result[]) => string;
}

/** What one tick did, a sentence for all reports to which the same happened; the first telling that fits counts. */
const tellings: readonly Telling[] = [
  {
    isOf: ({ outcome, code }) => outcome === 'paused' && code === 'hold_began',
    tell: (names) => `pauses ${names}: the window has begun.`,
  },
  {
    isOf: ({ outcome }) => outcome === 'paused',
    tell: (names) => `pauses ${names}: the earlier try had failed, this one works.`,
  },
  {
    isOf: ({ outcome }) => outcome === 'resumed',
    tell: (names) => `resumes ${names}: the window is over, and these pauses were its own.`,
  },
  {
    isOf: ({ code }) => code === 'foreign_pause',
    tell: (names) => `leaves ${names} alone: somebody had paused it before, so that pause is not its own.`,
  },
  {
    isOf: ({ code }) => code === 'seen_active_once',
    tell: (names) =>
      `sees ${names} active in the middle of the window. One look may deceive; it waits for another.`,
  },
  {
    isOf: ({ code }) => code === 'manual_resume_respected',
    tell: (names) =>
      `sees ${names} still active: a person wants it so. It lets go of it and tells the operator.`,
  },
  {
    isOf: ({ outcome }) => outcome === 'doubtful',
    tell: (names) =>
      `cannot tell whose pause that of ${names} is: somebody has touched it since. It leaves it paused, and asks the operator.`,
  },
  {
    isOf: ({ code }) => code === 'resumed_already',
    tell: (names) => `looks once more at what it resumed: ${names}.`,
  },
  {
    isOf: ({ outcome }) => ['failed', 'forbidden'].includes(outcome),
    saysMessage: true,
    tell: (names, [first]) =>
      `has trouble with ${names}: ${first?.message ?? ''}. The others go on; it tries again next time.`,
  },
  {
    isOf: ({ code }) => code === 'held',
    tell: (names, { length }) => (length > 2 ? `keeps ${length} reports paused.` : `keeps ${names} paused.`),
  },
  { isOf: ({ code }) => code === 'hold_without_effect', tell: () => '' },
  {
    isOf: () => true,
    saysMessage: true,
    tell: (names, [first]) => `${names}: ${first?.message ?? ''}.`,
  },
];

/** Changes are told anyway; an operator needs no event to see them. */
const plainEvents: ReadonlySet<string> = new Set(['ReportPaused', 'ReportResumed']);

/** What a tick did and why, in sentences that follow "Intermission ...". Pure. */
export function tellTick(run: TickRun): readonly string[] {
  const told = tellings.flatMap((telling) => {
    const fitting = run.results.filter((result) => tellings.find(({ isOf }) => isOf(result)) === telling);
    const groups = Map.groupBy(fitting, ({ message }) => (telling.saysMessage ? message : ''));
    return [...groups.values()].map((results) => {
      const sentence = telling.tell(namesOf(results), results);
      return sentence === '' ? '' : sentence + eventsOf(run, results);
    });
  });
  const problems = run.problems.map(({ code, message }) => `meets a problem, ${code}: ${message}`);
  const sentences = [...told, ...problems].filter((sentence) => sentence !== '');
  return sentences.length === 0 ? ['looks, and has nothing to do.'] : sentences;
}

function eventsOf(run: TickRun, results: readonly Result[]): string {
  const ids = new Set(results.map(({ reportId }) => reportId));
  const names = run.events
    .filter(({ name, reportId }) => ids.has(reportId) && !plainEvents.has(name))
    .map(({ name }) => name);
  return names.length === 0 ? '' : ` (event ${[...new Set(names)].join(', ')})`;
}

function namesOf(results: readonly Result[]): string {
  return results
    .map(({ reportName, reportId }) => (reportName === '' ? reportId : reportName))
    .sort()
    .join(', ');
}
