import { BETWEEN_LOOKS_IN_MS } from '../deciding/netAfter.ts';
import type {
  Attempt,
  AttemptAnswer,
  EndedBecause,
  EvidenceChain,
  OddLook,
  Ownership,
} from '../model/ownership.ts';

/** One link of the chain of evidence, in words. */
interface EvidenceStep {
  /** In UTC, to the second; null where the link is missing, weak or awaited, so that there is no instant. */
  readonly atUtc: string | null;
  readonly what: string;
}

/** Why a pause is taken for ours, or is not. */
export interface OwnershipEvidence {
  /** The steps as one sentence. */
  readonly evidence: string;
  /** Oldest first; a link without an instant stands where it belongs. */
  readonly steps: readonly EvidenceStep[];
}

/** As an {@link EvidenceStep}, before it is written for people. */
interface Link {
  readonly atMs: number | null;
  readonly what: string;
}

/** What a read by id showed, and when. */
interface Look {
  readonly atMs: number;
  readonly status: 'Active' | 'Paused' | 'Inactive' | 'notFound';
}

/**
 * The chain of evidence of one report: what was read of it by id and what we sent, in the order of time, with every link that is
 * missing or weak. It is made of instants and of our own words, and of the word of a person who took the report over: no name of
 * a report, no reason and no answer of others is in it. Pure.
 */
export function explainOwnership(ownership: Ownership): OwnershipEvidence {
  const looks = looksOf(ownership);
  const links = [
    ...beforePause(ownership, looks),
    ...looksAndPuts(ownership, looks),
    ...endLinks(ownership, looks),
  ];
  const steps = links.map(({ atMs, what }) => ({ atUtc: atMs === null ? null : secondOf(atMs), what }));
  return {
    evidence: `${steps.map(({ atUtc, what }) => (atUtc === null ? what : `${what} ${atUtc}`)).join('; ')}.`,
    steps,
  };
}

/** Every look that is kept, once each; the row keeps the last one of a kind, so that there may have been more. */
function looksOf(ownership: Ownership): readonly Look[] {
  const { chain, odd, sinceMs, kind } = ownership;
  const read = (atMs: number | null, status: Look['status']) => (atMs === null ? [] : [{ atMs, status }]);
  const resumeSentMs = resumeOf(ownership);
  // A resume that came to nothing leaves its own instant there.
  const isRead =
    kind === 'paused' && chain.readPausedMs !== null && (resumeSentMs === null || sinceMs > resumeSentMs);
  const looks = [
    ...read(chain.readBeforeMs, 'Active'),
    ...read(chain.readActiveMs, 'Active'),
    ...read(isRead ? sinceMs : null, 'Paused'),
    ...read(chain.readPausedMs, 'Paused'),
    ...read(resumeSentMs === null ? null : chain.readResumedMs, 'Active'),
    ...(odd === null ? [] : [...read(odd.firstMs, odd.status), ...read(odd.lastMs, odd.status)]),
  ];
  return [...new Map(looks.map((look) => [`${look.atMs} ${look.status}`, look])).values()].sort(
    (a, b) => a.atMs - b.atMs,
  );
}

function lookLinks(ownership: Ownership, looks: readonly Look[]): readonly Link[] {
  return looks.map((look, at) => {
    const before = looks[at - 1];
    const isAgain = before?.status === look.status && stageOf(ownership, before) === stageOf(ownership, look);
    const seen = look.status === 'notFound' ? 'not found (404)' : `read ${look.status}`;
    return { atMs: look.atMs, what: isAgain ? `${seen} again` : seen };
  });
}

/** Of what there was before our pause only the last read Active is kept. */
function beforePause({ chain }: Ownership, looks: readonly Look[]): readonly Link[] {
  const { pauseSentMs } = chain;
  if (pauseSentMs === null) {
    return [missing('no pause of ours is known')];
  }
  const isRead = looks.some(({ atMs, status }) => status === 'Active' && atMs <= pauseSentMs);
  return isRead ? [] : [missing('no read of it from before our pause is kept')];
}

/** When our resume was sent; null where none was since our pause: the row keeps that of an earlier pause too. */
function resumeOf({ chain }: Ownership): number | null {
  const { pauseSentMs, resumeSentMs } = chain;
  return resumeSentMs !== null && resumeSentMs >= (pauseSentMs ?? 0) ? resumeSentMs : null;
}

/** In the order of time: of one instant, what was read goes before what was sent, and behind its answer. */
function looksAndPuts(ownership: Ownership, looks: readonly Look[]): readonly Link[] {
  const { attempts, chain } = ownership;
  const read = lookLinks(ownership, looks);
  const stages = looks.map((look) => stageOf(ownership, look));
  const readIn = (stage: Stage) => read.filter((_, at) => stages[at] === stage);
  const resume = attempts.findLast(({ towards }) => towards === 'Active');
  return [
    ...readIn('before'),
    ...putLinks('pause', { sentMs: chain.pauseSentMs, answeredMs: chain.pauseAnsweredMs }, attempts),
    ...withWord(readIn('paused'), chain.takenOver),
    ...putLinks('resume', { sentMs: resumeOf(ownership), answeredMs: resume?.endedMs ?? null }, attempts),
    ...readIn('back'),
  ];
}

/** The word of whoever took it over, behind what had been read until then. */
function withWord(read: readonly Link[], word: EvidenceChain['takenOver']): readonly Link[] {
  if (word === null) {
    return read;
  }
  const { atMs, said } = word;
  const until = read.filter((link) => (link.atMs ?? 0) <= atMs);
  const what = `taken for ours by the word of ${said}`;
  return [...until, { atMs, what }, ...read.slice(until.length)];
}

/** Before our pause, after it, or after our resume. */
type Stage = 'before' | 'paused' | 'back';

/** By its instant; where a clock does not tell two apart, by what the look showed. */
function stageOf(ownership: Ownership, { atMs, status }: Look): Stage {
  const { pauseSentMs, readResumedMs } = ownership.chain;
  const resumeSentMs = resumeOf(ownership);
  if (status === 'Active' && atMs <= (pauseSentMs ?? 0)) {
    return 'before';
  }
  const isBack =
    resumeSentMs !== null && (atMs > resumeSentMs || (status === 'Active' && atMs === readResumedMs));
  return isBack ? 'back' : 'paused';
}

function putLinks(
  name: 'pause' | 'resume',
  { sentMs, answeredMs }: { readonly sentMs: number | null; readonly answeredMs: number | null },
  attempts: readonly Attempt[],
): readonly Link[] {
  if (sentMs === null) {
    return [];
  }
  const towards = name === 'pause' ? 'Paused' : 'Active';
  const last = attempts.findLast((attempt) => attempt.towards === towards);
  const tries = last === undefined ? 1 : triesUntil(attempts, last);
  const sent = { atMs: sentMs, what: `our ${name} sent${tries > 1 ? ` (try ${tries})` : ''}` };
  if (answeredMs === null) {
    return [sent, missing('no answer to it was written down')];
  }
  const answer = last?.answer ?? 'unknown';
  return answer === 'unclear'
    ? [sent, missing('its answer never came, or was unclear')]
    : [sent, { atMs: answeredMs, what: `our ${name} ${ANSWERED[answer]}` }];
}

const ANSWERED: { readonly [A in Exclude<AttemptAnswer, 'unclear'>]: string } = {
  accepted: 'answered',
  refused: 'refused',
  unknown: 'answered',
};

/** How many attempts in a row went the same way, that one among them. */
function triesUntil(attempts: readonly Attempt[], last: Attempt): number {
  const until = attempts.slice(0, attempts.lastIndexOf(last) + 1);
  return until.length - 1 - until.findLastIndex(({ towards }) => towards !== last.towards);
}

/** What the chain ends with: what is awaited, what was concluded, and why. */
function endLinks(ownership: Ownership, looks: readonly Look[]): readonly Link[] {
  const { kind, chain, sinceMs } = ownership;
  switch (kind) {
    case 'pausing':
      return [missing(openPause(looks, chain.pauseSentMs ?? 0))];
    case 'paused': {
      const owed = ownership.owed === null ? [] : [missing('its resume is owed')];
      return [missing(awaited(ownership.odd) ?? 'nothing seen since breaks the chain'), ...owed];
    }
    case 'resuming':
      return [missing(openResume(looks, chain.resumeSentMs ?? 0))];
    case 'resumed':
      return [missing(awaited(ownership.odd) ?? 'two more looks are awaited')];
    case 'doubtful':
      return [{ atMs: sinceMs, what: 'doubtful since' }, missing(`because ${ownership.because}`)];
    case 'ended':
      return [{ atMs: sinceMs, what: 'given up' }, missing(`because ${ENDED[ownership.because]}`)];
  }
}

const ENDED: { readonly [B in EndedBecause]: string } = {
  not_effective: 'two looks showed it Active after our pause, which took no effect',
  resumed: 'two more looks showed it Active after our resume',
  resumed_by_person: 'two looks showed it Active without a resume of ours: somebody resumed it',
  exhausted: 'two looks showed it Inactive: its schedule ran out',
  gone: 'it was not found for 7 days: it may have been deleted',
};

function openPause(looks: readonly Look[], sentMs: number): string {
  const last = looks.at(-1);
  if (last === undefined || last.atMs <= sentMs) {
    return 'not read since';
  }
  return last.status === 'Paused' ? 'not decided yet whose pause that is' : 'not read Paused since our pause';
}

function openResume(looks: readonly Look[], sentMs: number): string {
  const last = looks.at(-1);
  return last === undefined || last.atMs <= sentMs ? 'not read since' : 'not read Active since our resume';
}

/** What an odd look waits for; null where none stands. */
function awaited(odd: OddLook | null): string | null {
  if (odd === null) {
    return null;
  }
  if (odd.status === 'notFound') {
    return 'hidden or deleted: given up after 7 days';
  }
  return odd.lastMs - odd.firstMs < BETWEEN_LOOKS_IN_MS
    ? `read ${odd.status} once, a second look is awaited`
    : `read ${odd.status} twice`;
}

function missing(what: string): Link {
  return { atMs: null, what };
}

function secondOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
