// What must be known while functions are registered. Loaded at each cold start, so it imports nothing.

/** The schedule of the timer where `TICK_SCHEDULE` says nothing usable: each 5 minutes, UTC. */
export const DEFAULT_TICK_SCHEDULE = '0 */5 * * * *';

/**
 * The timer's schedule. A value that has not the shape of six cron fields would keep the host from starting any
 * function, so it falls back here, and every run reports it as `config_invalid`.
 */
export function tickScheduleFromEnvironment(): string {
  const text = process.env['TICK_SCHEDULE']?.trim() ?? '';
  return hasSixCronFields(text) ? text : DEFAULT_TICK_SCHEDULE;
}

/**
 * Who asks callers for their proof: with `keys` the host, before it calls us, with `entra` we ourselves. Where `AUTH` says
 * neither, the host asks for a key, and every door answers `config_invalid`.
 */
export function authFromEnvironment(): 'keys' | 'entra' {
  return process.env['AUTH']?.trim() === 'entra' ? 'entra' : 'keys';
}

/** True where a text has the shape of a timer's schedule: six fields, seconds first, names in the last two at most. */
export function hasSixCronFields(text: string): boolean {
  return /^[\d*,/-]+(?: [\d*,/-]+){3}(?: (?:[\d*,/-]|[a-z]{3})+){2}$/i.test(text);
}
