/** Every fault and warning a window's configuration can have. Stable: people search for these words. */
export type WindowProblemCode =
  | 'ambiguous_cron_days'
  | 'ambiguous_time_zone'
  | 'ambiguous_weekday'
  | 'bad_cron'
  | 'bad_date'
  | 'bad_duration'
  | 'bad_instant'
  | 'bad_name'
  | 'bad_report_id'
  | 'bad_time_of_day'
  | 'bad_value'
  | 'calendar_duration'
  | 'conflicting_ends'
  | 'conflicting_selectors'
  | 'duplicate_name'
  | 'duration_not_positive'
  | 'duration_too_long'
  | 'empty_selector'
  | 'longer_than_period'
  | 'match_all_not_explicit'
  | 'missing_property'
  | 'missing_time_zone'
  | 'more_ids_than_max_reports'
  | 'more_problems'
  | 'never_closes'
  | 'never_starts'
  | 'no_end'
  | 'no_start_ahead'
  | 'not_a_list'
  | 'opposite_time_zone'
  | 'over_limit'
  | 'reports_not_compared'
  | 'selects_none'
  | 'shorter_than_tick'
  | 'skip_date_without_start'
  | 'too_short_for_reports'
  | 'unknown_account'
  | 'unknown_property'
  | 'unknown_report'
  | 'unknown_time_zone'
  | 'until_not_after_from'
  | 'valid_to_before_valid_from'
  | 'window_over_limit'
  | 'wrong_type';

/** One thing that is wrong with one window, told so that a person can put it right. */
export interface WindowProblem {
  /** The window's name, as far as it could be read. */
  readonly window: string | null;
  /** JSON pointer (RFC 6901) of the field in the list of windows. */
  readonly pointer: string;
  readonly code: WindowProblemCode;
  /** What is wrong and what to do. */
  readonly message: string;
  /** An error makes the window invalid: its holds freeze. A warning leaves it working. */
  readonly severity: 'error' | 'warning';
}

/** A problem before it is known whose it is; `path` is relative to the window. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly code: WindowProblemCode;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What a parser of one part gives: the value, maybe with warnings, or at least one error. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A value without remarks. */
export function good<T>(value: T, faults: readonly Fault[] = []): Parsed<T> {
  return { ok: true, value, faults };
}

/** A single error at `path`. */
export function bad(
  path: Fault['path'],
  code: WindowProblemCode,
  message: string,
): { ok: false; faults: Fault[] } {
  return { ok: false, faults: [{ path, code, message, severity: 'error' }] };
}

/** The same outcome, its faults told under a longer path. */
export function within<T>(path: Fault['path'], parsed: Parsed<T>): Parsed<T> {
  const faults = parsed.faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  return parsed.ok ? { ...parsed, faults } : { ok: false, faults };
}

/** JSON pointer of a path, RFC 6901. */
export function jsonPointer(path: Fault['path']): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Foreign text in quotes, fit for a message: capped, control characters removed. */
export function quote(text: string): string {
  return `"${tame(text, 60)}"`;
}

/** Foreign text without control characters, and no longer than `maxLength` characters and a mark. */
export function tame(text: string, maxLength: number): string {
  const clean = text.slice(0, 4 * maxLength).replace(/\p{C}/gu, '');
  return clean.length > maxLength ? `${clean.slice(0, maxLength)}…` : clean;
}
