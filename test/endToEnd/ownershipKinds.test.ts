// Services as others might have written them, each of a kind that once cost somebody's pause or left a report paused.
import type { AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { type OwnershipCloud, startOwnershipCloud } from './ownershipUnderTest.ts';

// They run side by side: each has a cloud of its own, and most of their time is the app's own waits.
jest.setTimeout(180_000);

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;

/** Of these, a person touches the first in some kinds; the second is never touched, and the third a person had paused. */
const [touched, quiet, foreign] = [reportId(1), reportId(2), reportId(3)];

/** What calls for a person, and what takes back that something was done. */
const CALLS = [
  ...['LeftPaused', 'ReportDoubtful', 'ResumeOwed', 'ReportUnseen', 'AccountBlind', 'ReportExhausted'],
  ...['PauseNotEffective', 'ResumeNotEffective'],
];

interface Kind {
  readonly title: string;
  readonly policies: object;
  readonly beforeWindow?: (cloud: OwnershipCloud) => Promise<unknown>;
  readonly inWindow?: (cloud: OwnershipCloud, app: AppUnderTest) => Promise<unknown>;
  /** How the three reports stand in the window and when all is over; by default ours are paused and come back. */
  readonly during?: readonly string[];
  readonly after?: readonly string[];
  /** What people are called for, as `ReportDoubtful 1`; nothing where no person touched a report. */
  readonly calls?: readonly string[];
}

const ours = { during: ['Paused', 'Paused', 'Paused'], after: ['Active', 'Active', 'Paused'] };
const theirs = { after: ['Paused', 'Active', 'Paused'], calls: ['ReportDoubtful 1'] };

const person =
  (action: string, more: object = {}) =>
  (cloud: OwnershipCloud) =>
    cloud.person(touched, action, more);
const personActs = (fault: object) => (cloud: OwnershipCloud) =>
  cloud.emulator.fault({ kind: 'humanActs', when: 'after', reportId: touched, ...fault });
const becomes = (policies: object) => (cloud: OwnershipCloud) => cloud.behaveNow(policies);

const kinds: readonly Kind[] = [
  {
    title: '1: a resume that is answered and changes nothing is not told as done, and the report comes back',
    policies: { preset: 'resumeAnswersWithoutEffectOnce' },
  },
  {
    title: '2: an old row of the list over a pause of a person changes nothing',
    policies: { preset: 'oldListRows' },
    beforeWindow: person('pause'),
    after: theirs.after,
  },
  {
    title: '3: a resume that failed is not repeated over the pause that a person made meanwhile',
    policies: { preset: 'resumeUnavailableOnce', pauseMovesModifiedTime: 'always' },
    inWindow: personActs({ operation: 'resumeReport', action: 'pause' }),
    ...theirs,
  },
  {
    title: '4: a pause of a person is not taken for one of ours that failed',
    policies: { preset: 'pauseUnavailableOnce' },
    // By then nothing of ours can take effect any more, and no tick has looked yet.
    beforeWindow: personActs({ operation: 'pauseReport', action: 'pause', inMs: 6 * MINUTE_IN_MS }),
    ...theirs,
  },
  {
    title: '5: a person who resumed and paused again is seen, however sources differ in what they write',
    policies: { preset: 'answersDifferBySource' },
    inWindow: async (cloud) => {
      await cloud.pass(10 * MINUTE_IN_MS);
      await cloud.person(touched, 'resume');
      await cloud.pass(MINUTE_IN_MS);
      await cloud.person(touched, 'pause');
    },
    ...theirs,
  },
  {
    title: '6: times that are late, lost, old or written otherwise are no touch of a person',
    policies: { preset: 'modifiedTimesDisagree' },
  },
  {
    title: '7: a pause that was refused though it was done is ours, and comes back',
    policies: { preset: 'pauseRefusedThoughDone' },
  },
  {
    title: '8: reads that once show a report inactive, or not at all, do not end our care',
    policies: { preset: 'pausedReportsFlicker' },
  },
  {
    title: '9: a Date that runs ahead makes no pause doubtful',
    policies: { preset: 'dateRunsAhead' },
  },
  {
    title:
      '10: a pause that is answered and changes nothing is not told as done, and made again in its window',
    policies: { preset: 'pauseAnswersWithoutEffectOnce' },
  },
  {
    title: '11: a list that is old and forgets what is paused hides nothing of ours',
    policies: { preset: 'listForgetsPaused' },
    inWindow: async (_cloud, app) => {
      const ask = async (path: string, body: object) =>
        (await app.run(path, body)).run.results.map(({ outcome }) => outcome);
      const [here, gone] = [{ reportIds: [touched] }, { reportIds: [foreign], includeWindows: true }];
      // The list shows neither what a person paused nor, yet, that ours is back.
      expect(await ask('/api/resume', gone)).toEqual(['foreign']);
      expect(await ask('/api/resume', { ...here, includeWindows: true })).toEqual(['resumed']);
      expect(await ask('/api/pause', { ...here, duration: 'PT20M' })).toEqual(['paused']);
    },
  },
  {
    title: '12: what we paused comes back though the list is refused',
    policies: {},
    inWindow: becomes({ preset: 'listRefused' }),
  },
  {
    title: '12: what we paused comes back though the list is empty',
    policies: {},
    inWindow: becomes({ preset: 'listIsEmpty' }),
  },
];

test.concurrent.each(kinds)('$title', async (kind) => {
  const cloud = await startOwnershipCloud();
  try {
    await liveThrough(cloud, kind);
  } finally {
    await cloud.stop();
  }
});

/** A window of an hour and what comes after, until every alarm there may be has had its time. */
async function liveThrough(cloud: OwnershipCloud, kind: Kind): Promise<void> {
  const all = [touched, quiet, foreign];
  const numbered = new Map(all.map((id, at) => [id, at + 1]));
  await cloud.behave(kind.policies, { reports: 3, paused: 1 });
  await kind.beforeWindow?.(cloud);
  const app = await cloud.start(cloud.windowFromNow(all, { durationInMs: HOUR_IN_MS }));
  await ticks(cloud, app, [MINUTE_IN_MS / 6, 7 * MINUTE_IN_MS, 5 * MINUTE_IN_MS]);
  const during = { statuses: await statusesOf(cloud), wrongs: await cloud.wrongs({ held: all }) };
  await kind.inWindow?.(cloud, app);
  await cloud.pass(HOUR_IN_MS);
  await ticks(cloud, app, [0, 5 * MINUTE_IN_MS, 5 * MINUTE_IN_MS, HOUR_IN_MS, 3 * HOUR_IN_MS]);

  const calls = cloud.events().filter(({ name }) => CALLS.includes(name));
  const called = [...new Set(calls.map(({ name, reportId: id }) => `${name} ${numbered.get(id) ?? ''}`))];
  expect(during).toEqual({ statuses: kind.during ?? ours.during, wrongs: [] });
  expect(await statusesOf(cloud)).toEqual(kind.after ?? ours.after);
  expect(await cloud.wrongs()).toEqual([]);
  expect(called).toEqual(kind.calls ?? []);
}

async function ticks(cloud: OwnershipCloud, app: AppUnderTest, waitsInMs: readonly number[]) {
  for (const waitInMs of waitsInMs) {
    await cloud.ticks(app, 1, waitInMs);
  }
}

async function statusesOf(cloud: OwnershipCloud): Promise<readonly string[]> {
  return [...(await cloud.statuses()).values()];
}
