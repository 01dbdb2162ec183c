import { reportIdOf } from './sampleReport.ts';
import { good, parse, schedule } from './sampleWindows.ts';

const daily = { start: '0 22 * * *', timeZone: 'Europe/Berlin' };

test.each([
  ['a number for a text', { schedule: { ...schedule, start: 5 } }, '5 cannot be used. Write text in quotes.'],
  ['text for a truth value', { enabled: 'yes' }, '"yes" cannot be used. Write true or false.'],
  ['another word', { onManualResume: 'fight' }, '"fight" cannot be used. Write "respect" or "reassert".'],
  ['too few', { maxReports: 0 }, '0 cannot be used. Write at least 1.'],
  ['too many', { maxReports: 10_001 }, '10001 cannot be used. Write at most 10000.'],
  ['a half', { maxReports: 1.5 }, '1.5 cannot be used. Write a whole number.'],
  ['no list', { reports: { ids: 'x' } }, '"x" cannot be used. Write a list, […].'],
  ['no object', { schedule: [] }, 'A list of 0 cannot be used. Write an object, {…}.'],
  ['nothing', { reports: null }, 'null cannot be used. Write an object, {…}.'],
  ['no text at all', { excludeNamePattern: '' }, '"" cannot be used. Write at least 1 characters.'],
  [
    'a long list',
    { schedule: { ...schedule, skipDates: Array(1_001).fill('2026-12-26') } },
    'A list of 1001 cannot be used. Write at most 1000 entries.',
  ],
  [
    'no date',
    { schedule: { ...schedule, skipDates: ['2026-02-29'] } },
    '"2026-02-29" cannot be used. This is not a date of the calendar. Write YYYY-MM-DD.',
  ],
  [
    'no id',
    { reports: { ids: [reportIdOf(1), 'sales'] } },
    '"sales" cannot be used. This is not a UUID. Copy the id from Partner Center or from GET /api/reports.',
  ],
  [
    'no name',
    { account: 'Main Account' },
    '"Main Account" cannot be used. A name is 1 to 63 of a-z, 0-9 and "-".',
  ],
  [
    'no time of day',
    { schedule: { ...daily, end: '6 am' } },
    '"6 am" is not a time of day. Write hours and minutes from "00:00" to "24:00", for example "06:00".',
  ],
  [
    'an end in two ways',
    { schedule: { ...daily, end: '06:00', duration: 'PT8H' } },
    'The window says its end in 2 ways: "end", "06:00"; "duration", "PT8H". Write one: "end" for wall time, "duration" for elapsed time, or "untilResumed" for none.',
  ],
  [
    'no end',
    { reports: { all: true }, schedule: daily },
    '"end" is missing, and the window does not name its reports by id: all that it selects, new ones too, would stay paused until somebody resumes them. Add "end" (wall time, for example "06:00") or "duration" (for example "PT4H"), or "untilResumed": true if that is meant.',
  ],
  [
    'one end for many starts',
    { schedule: { ...daily, start: '0 * * * *', end: '06:00' } },
    '"06:00" ends one start a day, and "0 * * * *" has 24. Write "duration" instead, or a window for each of them.',
  ],
  [
    'dates in the wrong order',
    { schedule: { ...schedule, validFrom: '2026-12-20', validTo: '2026-12-01' } },
    '"2026-12-01" is before "validFrom", "2026-12-20". Write a later last date, or an earlier first one.',
  ],
  [
    'dates without a start',
    { schedule: { ...schedule, validFrom: '2026-12-07', validTo: '2026-12-11' } },
    '"2026-12-11" leaves no start: "0 22 * * 6", without the skipped dates, has none from "validFrom", "2026-12-07", to it. Write other dates.',
  ],
  [
    'a day before the last that is none',
    { schedule: { ...schedule, start: '0 22 L-31 * *' } },
    '"0 22 L-31 * *" cannot be read: the day of the month "L-31" must be "L", or "L-1" (the day before the last) to "L-30".',
  ],
  ['no zone', { schedule: { start: '0 1 * * *' } }, '"timeZone" is missing. Add it.'],
])('%s in a window is told with what was written and what to write', (_what, change, message) => {
  const [problem] = parse({ ...good, ...change }).problems;

  expect(problem?.message).toBe(message);
});
