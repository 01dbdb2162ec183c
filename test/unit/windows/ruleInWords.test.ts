import { type CronInWords, loadCronInWords, ruleInWords } from '../../../shared/windows/ruleInWords.ts';
import { at, recurring } from './sampleWindow.ts';

describe('the rule of a window in words', () => {
  let cronInWords: CronInWords;
  beforeAll(async () => {
    cronInWords = await loadCronInWords();
  });

  test.each([
    [
      recurring('0 22 * * Sat', 4, 'Europe/Berlin'),
      'At 22:00, only on Saturday, in Europe/Berlin, for 4 hours',
    ],
    [recurring('30 5 2 * * *', 1.5, 'UTC'), 'At 02:05:30, in UTC, for 1 hour 30 minutes'],
    [
      recurring('0 22 L-2 * *', '06:00', 'Asia/Tokyo'),
      'At 22:00, 2 days before the last day of the month, in Asia/Tokyo, until 06:00',
    ],
    [
      recurring('0 9-17/2 1,15 jan-mar *', 1, 'UTC'),
      'On the hour, every 2 hours, between 09:00 and 17:00, on day 1 and 15 of the month, January through March, in UTC, for 1 hour',
    ],
    [recurring('0 22 L-2,15 * *', 1, 'UTC'), 'By the cron expression "0 22 L-2,15 * *", in UTC, for 1 hour'],
    [recurring('0 2 1-7 * +MON', 1, 'UTC'), 'By the cron expression "0 2 1-7 * +MON", in UTC, for 1 hour'],
    [recurring('0 2 * * Friday', 1, 'UTC'), 'By the cron expression "0 2 * * Friday", in UTC, for 1 hour'],
    [
      recurring('0 1 * * MON#2', null, 'UTC'),
      'At 01:00, on the second Monday of the month, in UTC, until somebody resumes',
    ],
    [
      recurring('0 1 * * SUNL', '24:00', 'UTC', {
        ...{ validFrom: '2026-01-01', validTo: '2026-12-31' },
        skipDates: ['2026-05-31', '2026-06-28'],
      }),
      'At 01:00, on the last Sunday of the month, in UTC, until 24:00; from 2026-01-01 on, until 2026-12-31, not on 2 dates',
    ],
    [
      {
        ...({ kind: 'oneOff', timeZone: 'UTC' } as const),
        ...{ fromMs: at('2026-01-01T00:00:00Z'), untilMs: at('2026-01-03T01:00:00Z') },
      },
      'Once, for 2 days 1 hour',
    ],
  ])('%j', (schedule, words) => {
    expect(ruleInWords(schedule, cronInWords)).toBe(words);
  });
});
