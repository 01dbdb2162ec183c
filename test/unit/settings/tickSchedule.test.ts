import {
  DEFAULT_TICK_SCHEDULE,
  hasSixCronFields,
  tickScheduleFromEnvironment,
} from '../../../shared/composition/registration.ts';
import { tickPeriodInMs } from '../../../shared/composition/tickPeriod.ts';

const MINUTE_IN_MS = 60_000;

describe('the schedule of the timer', () => {
  const { TICK_SCHEDULE: before } = process.env;
  afterEach(() => {
    delete process.env['TICK_SCHEDULE'];
    if (before !== undefined) process.env['TICK_SCHEDULE'] = before;
  });

  test.each(['0 */5 * * * *', '30 0-30/10 8,20 1 JAN Mon-Fri', '0 0 0 1 1 *'])('can be %s', (schedule) => {
    expect(hasSixCronFields(schedule)).toBe(true);
    process.env['TICK_SCHEDULE'] = ` ${schedule} `;
    expect(tickScheduleFromEnvironment()).toBe(schedule);
  });

  test.each(['', '*/5 * * * *', 'a b c d e f', '@hourly', '00:05:00', '%OTHER%', '0 0 0 L * *'])(
    'cannot be "%s", and is the usual one then, so that the functions are registered all the same',
    (schedule) => {
      process.env['TICK_SCHEDULE'] = schedule;
      expect(tickScheduleFromEnvironment()).toBe(DEFAULT_TICK_SCHEDULE);
    },
  );

  test.each([
    [DEFAULT_TICK_SCHEDULE, 5],
    ['0 0 * * * *', 60],
    ['0 0,10 * * * *', 50],
    ['0 0 8-17 * * *', 15 * 60],
  ])('%s leaves at most %i minutes between two ticks', (schedule, minutes) => {
    expect(tickPeriodInMs(schedule)).toBe(minutes * MINUTE_IN_MS);
  });
});
