import type { WindowProblemCode } from '../windows/windowProblem.ts';
import type { FaultEntries } from './faultEntry.ts';

/** What can be wrong with a window. What means the same for a request or a run stands there. */
export const windowFaults: FaultEntries<Exclude<WindowProblemCode, 'unknown_account' | 'window_over_limit'>> =
  {
    ambiguous_cron_days: {
      meaning: 'The cron names days of the month and of the week; systems differ in what that means.',
      remedy: 'Write "+" before the weekday for both at once, or make two windows.',
    },
    ambiguous_time_zone: {
      meaning: 'The time zone is an abbreviation that several places use.',
      remedy: 'Write the zone of a place, for example America/New_York.',
    },
    ambiguous_weekday: {
      meaning:
        'The cron numbers a weekday beside "?", "L", "W" or "#": systems count from 0 or from 1 there.',
      remedy: 'Write the name of the day, for example MON#3.',
    },
    bad_cron: {
      meaning: 'The start is not a cron expression.',
      remedy: 'Write 5 fields, or 6 with seconds first, for example "0 22 * * SAT".',
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
    bad_time_of_day: {
      meaning: 'The end of a window is not a time of day.',
      remedy: 'Write hours and minutes from 00:00 to 24:00, for example 06:00.',
    },
    bad_value: { meaning: 'A value is none of those allowed.', remedy: 'The message says which are.' },
    calendar_duration: {
      meaning: 'The duration counts months or years, whose length varies.',
      remedy: 'Write days or hours.',
    },
    conflicting_ends: {
      meaning: 'The window says its end in two ways at once.',
      remedy: 'Write "end" for wall time, "duration" for elapsed time, or "untilResumed" for none.',
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
      remedy: 'Write "untilResumed": true to pause until resumed.',
    },
    empty_selector: {
      meaning: 'The window selects no report.',
      remedy: 'Name ids, a name pattern or a query id, or say all: true for every report.',
    },
    longer_than_period: {
      meaning:
        'The window is longer than the time between two of its starts, or has an "end" and several starts a day.',
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
    never_closes: {
      meaning:
        'Each occurrence of the window goes on where the one before ends: its reports are never resumed.',
      remedy: 'Shorten it, or start less often. For a standing pause write "untilResumed": true.',
    },
    never_starts: {
      meaning:
        'The cron names a day that does not exist, or none from validFrom to validTo, so the window would never start.',
      remedy: 'Correct the day or the month, or the dates.',
    },
    no_end: {
      meaning:
        'The window does not say how it ends: what it selects would stay paused until somebody resumes it. A warning where it names its reports by id, else an error.',
      remedy: 'Write "end" or "duration", or "untilResumed": true if a standing pause is meant.',
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
    opposite_time_zone: {
      meaning:
        'The time zone is one of Etc/GMT, whose signs are reversed: Etc/GMT+5 is five hours behind UTC.',
      remedy: 'Write the zone of a place, for example America/New_York.',
    },
    reports_not_compared: {
      meaning:
        'The reports of an account could not be read, or it is one of many, so its windows were not held against them.',
      remedy: 'Ask GET /api/plan for that account: it does, or says why it cannot.',
    },
    selects_none: {
      meaning: 'The window selects no report that could be paused, so it will do nothing.',
      remedy: 'Check its ids, its name pattern and what it excludes against GET /api/reports.',
    },
    shorter_than_tick: {
      meaning: 'The window is shorter than the time between two ticks, and may pass without being seen.',
      remedy: 'Make it longer, or let TICK_SCHEDULE tick more often.',
    },
    skip_date_without_start: {
      meaning: 'A skipped date has no start of the window, so skipping it changes nothing.',
      remedy: 'Check the date: the start that was meant is not skipped.',
    },
    too_short_for_reports: {
      meaning:
        'To pause all reports of the window takes longer than the window lasts: three calls each, at callsPerSecond, or 60 calls a minute where that is not set.',
      remedy:
        'Make the window longer, take fewer reports, or raise callsPerSecond if Partner Center allows it.',
    },
    unknown_property: { meaning: 'A property is not known.', remedy: 'Check its spelling, or take it out.' },
    unknown_report: {
      meaning: 'The window names reports that its account does not show.',
      remedy: 'Copy the ids from Partner Center or from GET /api/reports; see that the identity sees them.',
    },
    unknown_time_zone: {
      meaning: 'The time zone is not in the IANA list.',
      remedy: 'Write for example Europe/Berlin or UTC.',
    },
    until_not_after_from: { meaning: 'The window ends before it begins.', remedy: 'Correct "from" or "to".' },
    valid_to_before_valid_from: {
      meaning: 'The last date of the window is before its first.',
      remedy: 'Correct "validFrom" or "validTo".',
    },
    wrong_type: {
      meaning: 'A value has another type than expected.',
      remedy: 'The message says which is expected.',
    },
  };
