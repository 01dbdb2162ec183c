// What must be known while functions are registered. Loaded at each cold start, so it imports next to nothing.
import { DEFAULT_TICK_SCHEDULE, parseNcrontab } from '../time/ncrontab.ts';

/**
 * The timer's schedule. A value that Azure refuses would keep the host from starting any function, so it falls back
 * here, and every run reports it as `config_invalid`.
 */
export function tickScheduleFromEnvironment(): string {
  const text = process.env['TICK_SCHEDULE']?.trim() ?? '';
  return parseNcrontab(text).ok ? text : DEFAULT_TICK_SCHEDULE;
}

/**
 * Who asks callers for their proof: with `keys` the host, before it calls us, with `entra` we ourselves. Where `AUTH` says
 * neither, the host asks for a key, and every door answers `config_invalid`.
 */
export function authFromEnvironment(): 'keys' | 'entra' {
  return process.env['AUTH']?.trim() === 'entra' ? 'entra' : 'keys';
}
