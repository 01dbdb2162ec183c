/** The demo's night: the window of its settings lies on it. Any night would do; a fixed one is told the same each time. */
const windowStartMs = Date.parse('2026-06-06T22:00:00+02:00');

/** How long the window lasts. */
export const windowMinutes = 30;

/**
 * The timer waits in real time, and the demo asks for its ticks itself: so it fires each minute of the demo's night, and on no
 * other day.
 */
export const timerOfTheNight = '0 * * 6 6 *';

/** The one setting that makes the window, as an operator would write it. */
export const maintenanceWindows = [
  {
    name: 'database-upgrade',
    reports: { namePattern: '*-daily' },
    schedule: { start: '0 22 * * Sat', duration: 'PT30M', timeZone: 'Europe/Berlin' },
  },
];

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
});

/** The instant so many minutes after the window's start, epoch milliseconds. Pure. */
export function instantOf(minute: number): number {
  return windowStartMs + minute * 60_000;
}

/** The wall time of the night, e.g. `22:05`. Pure. */
export function wallTime(instantMs: number): string {
  return wallClock.format(instantMs);
}
