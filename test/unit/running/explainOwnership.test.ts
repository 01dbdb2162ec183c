import type { Attempt, EvidenceChain, Ownership } from '../../../shared/model/ownership.ts';
import { explainOwnership } from '../../../shared/running/explainOwnership.ts';
import { doubtful, ended, paused, pausing, resumed, resuming } from '../deciding/sampleSituation.ts';
import { at } from '../windows/sampleWindow.ts';

const time = (clock: string) => at(`2026-03-01T${clock}Z`);
const utc = (clock: string) => `2026-03-01T${clock}Z`;

const nothing: EvidenceChain = {
  ...{ readBeforeMs: null, readActiveMs: null, pauseSentMs: null, pauseAnsweredMs: null },
  ...{ readPausedMs: null, resumeSentMs: null, readResumedMs: null, takenOver: null },
};
/** Read, sent and answered; read Paused where `paused` says when. */
const chain: EvidenceChain = {
  ...nothing,
  ...{ readBeforeMs: time('21:59:58'), readActiveMs: time('21:59:58') },
  ...{ pauseSentMs: time('22:00:00'), pauseAnsweredMs: time('22:00:01') },
};
const pausedChain: EvidenceChain = { ...chain, readPausedMs: time('22:00:02') };
const backChain: EvidenceChain = { ...pausedChain, resumeSentMs: time('23:00:00') };

const attempt: Attempt = {
  ...{ towards: 'Paused', sentMs: time('22:00:00'), endedMs: time('22:00:01'), limitMs: time('22:00:20') },
  ...{ answer: 'accepted', serviceOffsetInMs: 0 },
};
const back: Attempt = {
  ...attempt,
  ...{ towards: 'Active', sentMs: time('23:00:00'), endedMs: time('23:00:01') },
};
const kept = { attempts: [attempt], chain: pausedChain, sinceMs: time('22:00:02') };
const readAndSent = `read Active ${utc('21:59:58')}; our pause sent ${utc('22:00:00')}`;
const answered = `${readAndSent}; our pause answered ${utc('22:00:01')}`;
const readPaused = `${answered}; read Paused ${utc('22:00:02')}`;
const sentBack = `${readPaused}; our resume sent ${utc('23:00:00')}; our resume answered ${utc('23:00:01')}`;
const odd = (status: 'Active' | 'notFound', first: string, last = first) => ({
  ...{ status, firstMs: time(first), lastMs: time(last) },
});

const cases: readonly (readonly [string, Ownership, string])[] = [
  ['a pause of ours', paused(kept), `${readPaused}; nothing seen since breaks the chain.`],
  [
    'a pause of ours that was read again',
    paused({ ...kept, chain: { ...pausedChain, readPausedMs: time('23:30:00') } }),
    `${readPaused}; read Paused again ${utc('23:30:00')}; nothing seen since breaks the chain.`,
  ],
  [
    'one whose resume is owed, without the code of who refused it',
    paused({ ...kept, owed: 'quota_exceeded' }),
    `${readPaused}; nothing seen since breaks the chain; its resume is owed.`,
  ],
  [
    'one that is shown active once',
    paused({
      ...kept,
      odd: odd('Active', '22:40:00'),
      chain: { ...pausedChain, readActiveMs: time('22:40:00') },
    }),
    `${readPaused}; read Active ${utc('22:40:00')}; read Active once, a second look is awaited.`,
  ],
  [
    'one that was shown active once, of a row that had lost its first link',
    paused({ ...kept, chain: { ...pausedChain, readBeforeMs: null, readActiveMs: time('22:40:00') } }),
    `no read of it from before our pause is kept; our pause sent ${utc('22:00:00')}; our pause answered ${utc('22:00:01')}; read Paused ${utc('22:00:02')}; read Active ${utc('22:40:00')}; nothing seen since breaks the chain.`,
  ],
  [
    'one that is hidden',
    paused({ ...kept, odd: odd('notFound', '22:40:00', '22:50:00') }),
    `${readPaused}; not found (404) ${utc('22:40:00')}; not found (404) again ${utc('22:50:00')}; hidden or deleted: given up after 7 days.`,
  ],
  [
    'a pause that a killed process had sent',
    pausing({
      attempts: [{ ...attempt, endedMs: null, answer: 'unknown' }],
      ...{ chain: { ...chain, pauseAnsweredMs: null }, lookedMs: time('21:59:58') },
    }),
    `${readAndSent}; no answer to it was written down; not read since.`,
  ],
  [
    'one that timed out, and is found paused',
    pausing({ attempts: [{ ...attempt, answer: 'unclear' }], chain: pausedChain }),
    `${readAndSent}; its answer never came, or was unclear; read Paused ${utc('22:00:02')}; not decided yet whose pause that is.`,
  ],
  [
    'one that was refused',
    pausing({ attempts: [{ ...attempt, answer: 'refused' }], chain }),
    `${readAndSent}; our pause refused ${utc('22:00:01')}; not read since.`,
  ],
  [
    'the third try of one that takes no effect',
    pausing({
      attempts: [back, attempt, attempt, attempt],
      chain: { ...chain, readActiveMs: time('22:00:09') },
    }),
    `read Active ${utc('21:59:58')}; our pause sent (try 3) ${utc('22:00:00')}; our pause answered ${utc('22:00:01')}; read Active ${utc('22:00:09')}; not read Paused since our pause.`,
  ],
  [
    'a resume that was not read',
    resuming({ attempts: [attempt, back], chain: backChain }),
    `${sentBack}; not read since.`,
  ],
  [
    'a resume that was read',
    resumed({ attempts: [attempt, back], chain: { ...backChain, readResumedMs: time('23:00:02') } }),
    `${sentBack}; read Active ${utc('23:00:02')}; two more looks are awaited.`,
  ],
  [
    'a resume without effect',
    paused({
      attempts: [attempt, back],
      sinceMs: time('23:10:00'),
      chain: { ...backChain, readResumedMs: time('23:00:02'), readPausedMs: time('23:10:00') },
      owed: 'resume_not_done',
    }),
    `${answered}; our resume sent ${utc('23:00:00')}; our resume answered ${utc('23:00:01')}; read Active ${utc('23:00:02')}; read Paused ${utc('23:10:00')}; nothing seen since breaks the chain; its resume is owed.`,
  ],
  [
    'a pause after an earlier pause and resume',
    paused({
      ...kept,
      chain: { ...pausedChain, resumeSentMs: time('20:00:00'), readResumedMs: time('20:00:02') },
    }),
    `${readPaused}; nothing seen since breaks the chain.`,
  ],
  [
    'a doubtful one',
    doubtful({ ...kept, sinceMs: time('22:30:00'), because: 'the times do not fit' }),
    `${readPaused}; doubtful since ${utc('22:30:00')}; because the times do not fit.`,
  ],
  [
    'a doubtful one of which nothing is known',
    doubtful({ attempts: [], chain: nothing, sinceMs: time('22:30:00') }),
    `no pause of ours is known; doubtful since ${utc('22:30:00')}; because the times do not fit.`,
  ],
  [
    'one that a person took over, and that was read again since',
    paused({
      ...kept,
      sinceMs: time('22:30:00'),
      chain: {
        ...{ ...pausedChain, readPausedMs: time('23:30:00') },
        takenOver: { atMs: time('22:30:00'), said: 'ana: it was me' },
      },
    }),
    `${answered}; read Paused ${utc('22:30:00')}; taken for ours by the word of ana: it was me ${utc('22:30:00')}; read Paused again ${utc('23:30:00')}; nothing seen since breaks the chain.`,
  ],
  [
    'one that a person resumed',
    ended({
      ...{ ...kept, because: 'resumed_by_person', sinceMs: time('22:43:00') },
      odd: odd('Active', '22:40:00', '22:43:00'),
    }),
    `${readPaused}; read Active ${utc('22:40:00')}; read Active again ${utc('22:43:00')}; given up ${utc('22:43:00')}; because two looks showed it Active without a resume of ours: somebody resumed it.`,
  ],
];

describe('the evidence of whose pause it is', () => {
  test.each(cases)('is told of %s', (_what, ownership, sentence) => {
    expect(explainOwnership(ownership).evidence).toBe(sentence);
  });

  test('is told link by link, a missing one without an instant in its place', () => {
    const unanswered = { ...attempt, endedMs: null, answer: 'unknown' } as const;
    const { steps } = explainOwnership(
      paused({ ...kept, attempts: [unanswered], chain: { ...pausedChain, pauseAnsweredMs: null } }),
    );

    expect(steps).toEqual([
      { atUtc: utc('21:59:58'), what: 'read Active' },
      { atUtc: utc('22:00:00'), what: 'our pause sent' },
      { atUtc: null, what: 'no answer to it was written down' },
      { atUtc: utc('22:00:02'), what: 'read Paused' },
      { atUtc: null, what: 'nothing seen since breaks the chain' },
    ]);
  });

  test('holds nothing that others wrote: no name, no contents, no reason, no answer', () => {
    const theirs = 'IGNORE ALL BEFORE <script>';
    const { evidence } = explainOwnership(
      paused({
        ...{ ...kept, reportName: theirs, queryId: theirs, listed: theirs, owed: theirs },
        kept: { modifiedMs: null, contents: theirs },
        trail: [
          {
            ...{ atMs: time('22:00:02'), what: theirs, who: theirs, why: theirs },
            ...{ runId: theirs, observed: theirs, requestId: theirs },
          },
        ],
      }),
    );

    expect(evidence).not.toContain(theirs);
  });
});
