import type { WindowProblemCode } from '../windows/windowProblem.ts';
import type { FaultEntries } from './faultEntry.ts';

/** What can be wrong with a window’s configuration; `unknown_account` means the same for a request, and stands there. */
export const windowFaults: FaultEntries<Exclude<WindowProblemCode, 'unknown_account'>> = {
  ambiguous_cron_days: {
    meaning: 'The cron names days of the month and of the week; systems differ in what that means.',
    remedy: 'Write "+" before the weekday for both at once, or make two windows.',
  },
  ambiguous_time_zone: {
    meaning: 'The time zone is an abbreviation that several places use.',
    remedy: 'Write the zone of a place, for example America/New_York.',
  },
  bad_cron: {
    meaning: 'The start is not a cron expression.',
    remedy: 'Write 5 fields, or 6 with seconds first, for example "0 22 * * 6".',
  },
  bad_date: { meaning: 'A date does not exist or is written otherwise.', remedy: 'Write YYYY-MM-DD.' },
  bad_duration: {
    meaning: 'The duration is not ISO 8601.',
    remedy: 'Write for example PT4H or P1DT12H.',
  },
  bad_instant: {
    meaning: 'A point in time cannot be read.',
    remedy: 'Write it with its offset, for example 2026-05-01T22:00:00+02:00.',
  },
  bad_name: {
    meaning: 'A name has other characters than allowed.',
    remedy: 'Write 1 to 63 of a-z, 0-9 and "-".',
  },
  bad_report_id: {
    meaning: 'A report id is not a UUID.',
    remedy: 'Copy it from Partner Center or from GET /api/reports.',
  },
  bad_value: { meaning: 'A value is none of those allowed.', remedy: 'The message says which are.' },
  calendar_duration: {
    meaning: 'The duration counts months or years, whose length varies.',
    remedy: 'Write days or hours.',
  },
  conflicting_selectors: {
    meaning: 'The window selects its reports in two ways at once.',
    remedy: 'Use ids, or a name pattern and/or a query id, or all: true; make another window for the rest.',
  },
  duplicate_name: {
    meaning: 'Two windows have the same name, so neither is used.',
    remedy: 'Rename one. "default" is the window of the simple settings.',
  },
  duration_not_positive: { meaning: 'The duration is zero or less.', remedy: 'Write a longer one.' },
  duration_too_long: {
    meaning: 'The window is longer than 366 days.',
    remedy: 'Leave the duration out to pause until resumed.',
  },
  empty_selector: {
    meaning: 'The window selects no report.',
    remedy: 'Name ids, a name pattern or a query id, or say all: true for every report.',
  },
  longer_than_period: {
    meaning: 'The window is longer than the time between two of its starts.',
    remedy: 'Shorten it, or let it start less often.',
  },
  match_all_not_explicit: {
    meaning: 'The name pattern matches every report.',
    remedy: 'Say all: true if that is meant.',
  },
  missing_property: { meaning: 'A property is missing.', remedy: 'Add it; the pointer says which.' },
  missing_time_zone: {
    meaning: 'A point in time has no offset and the window no time zone.',
    remedy: 'Add a time zone, or write the offset.',
  },
  more_ids_than_max_reports: {
    meaning: 'The window names more reports than its maxReports lets it touch; above it nothing is paused.',
    remedy: 'Raise maxReports, or make several windows.',
  },
  more_problems: {
    meaning: 'The window has more problems than are shown.',
    remedy: 'Correct those that are shown first.',
  },
  never_starts: {
    meaning: 'The cron names a day that does not exist, so the window would never start.',
    remedy: 'Correct the day or the month.',
  },
  no_start_ahead: {
    meaning: 'The window never starts again.',
    remedy: 'Take it out, or give it a new start.',
  },
  not_a_list: {
    meaning: 'The windows are not a JSON list, so none was read.',
    remedy: 'Write [{"name": ...}, ...].',
  },
  over_limit: {
    meaning: 'A list or a text is longer than allowed.',
    remedy: 'The message says how long it may be.',
  },
  skip_date_without_start: {
    meaning: 'A skipped date has no start of the window, so skipping it changes nothing.',
    remedy: 'Check the date: the start that was meant is not skipped.',
  },
  unknown_property: { meaning: 'A property is not known.', remedy: 'Check its spelling, or take it out.' },
  unknown_time_zone: {
    meaning: 'The time zone is not in the IANA list.',
    remedy: 'Write for example Europe/Berlin or UTC.',
  },
  until_not_after_from: { meaning: 'The window ends before it begins.', remedy: 'Correct "from" or "to".' },
  wrong_type: {
    meaning: 'A value has another type than expected.',
    remedy: 'The message says which is expected.',
  },
};
