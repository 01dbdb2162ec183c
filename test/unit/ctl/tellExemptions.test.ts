import type { Exemption, ExemptionChange } from '../../../ctl/connection/exemptionAnswers.ts';
import { tellExemption, tellExemptions } from '../../../ctl/telling/tellExemptions.ts';

const style = { width: 120, timeZone: 'UTC', showsAll: false };
const none = { count: 0, reports: [] };
const named = (...names: readonly string[]) => ({
  count: names.length,
  reports: names.map((reportName) => ({ reportId: 'b', reportName })),
});

const exemption: Exemption = {
  ...{ id: 'e1', account: 'default', allWindows: false, windows: ['nightly'] },
  reports: { ids: null, all: false, namePattern: 'Sales*', queryId: null },
  ...{ untilUtc: '2026-03-01T18:00:00Z', who: 'ana', why: 'month-end', state: 'active', ended: null },
  leavesOut: named('Sales EU', 'Sales US'),
};
const change: ExemptionChange = {
  ...{ exemption, actsUtc: '2026-03-01T12:01:00Z', dryRun: false },
  effect: { resumes: named('Sales EU'), pauses: none, staysPaused: named('Sales US') },
};

test('an exemption that was made is told with what comes back, what stays, and how to end it', () => {
  expect(tellExemption(change, style)).toEqual([
    'What matches "Sales*" is left out of nightly until 2026-03-01 18:00Z; now that is 2 reports (Sales EU, Sales US).',
    'Comes back at the next tick (2026-03-01 12:01Z): 1 report (Sales EU).',
    'Stays paused, held by something else or paused by a person: 1 report (Sales US).',
    'To end it before: exemptions end e1 --why TEXT',
  ]);
});

test('a dry run says that nothing was done, and reports that could not be read that it counts all the same', () => {
  expect(tellExemption({ ...change, dryRun: true }, style)).toEqual([
    'What matches "Sales*" would be left out of nightly until 2026-03-01 18:00Z; now that is 2 reports (Sales EU, Sales US).',
    'Would come back at the next tick (2026-03-01 12:01Z): 1 report (Sales EU).',
    'Stays paused, held by something else or paused by a person: 1 report (Sales US).',
    'Nothing was done: this is what would be.',
  ]);
  expect(tellExemption({ ...change, effect: null }, style)[1]).toContain('It counts all the same.');
});

test('one that was ended is told with who did it, and what is paused again', () => {
  const ended = { who: 'ben', why: 'closed', atUtc: '2026-03-01T13:00:00Z' };
  const over = { ...exemption, state: 'ended', ended, leavesOut: null };
  const effect = { resumes: none, pauses: named('Sales EU'), staysPaused: none };
  expect(tellExemption({ ...change, exemption: over, effect }, style)).toEqual([
    'Ended: what matches "Sales*", left out of nightly until 2026-03-01 18:00Z; by ben: closed',
    'Is paused again at the next tick (2026-03-01 12:01Z): 1 report (Sales EU).',
  ]);
});

test('the list has those that count, and the others when all are asked for', () => {
  const expired = { ...exemption, id: 'e0', state: 'expired', leavesOut: null };
  const exemptions = { exemptions: [exemption, expired], problems: [] };
  const short = tellExemptions(exemptions, style);
  expect(short.join('\n')).toMatch(/Sales\*" {2}e1 {2}nightly .*ana: month-end; now 2 reports/);
  expect(short.at(-1)).toBe('1 ended within a day (--all lists them).');
  expect(tellExemptions(exemptions, { ...style, showsAll: true }).join('\n')).toContain('month-end; expired');
  expect(tellExemptions({ exemptions: [], problems: [] }, style)).toEqual([
    'No report is left out of a window.',
  ]);
});
