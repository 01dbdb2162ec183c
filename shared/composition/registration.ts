// What must be known while functions are registered. Loaded at each cold start, so it imports nothing.

/** The schedule of the timer where `TICK_SCHEDULE` says nothing usable: each 5 minutes, UTC. */
export const DEFAULT_TICK_SCHEDULE = '0 */5 * * * *';

/**
 * The timer's schedule. A value that has not the shape of six cron fields would keep the host from starting any
 * function, so it falls back here, and every run reports it as `config_invalid`.
 */
export function tickScheduleFromEnvironment(): string {
  const text = process.env['TICK_SCHEDULE']?.trim() ?? '';
  const hasSixFields = /^[\d*,/\-a-z]+( [\d*,/\-a-z]+){5}$/i.test(text);
  return hasSixFields ? text : DEFAULT_TICK_SCHEDULE;
}
