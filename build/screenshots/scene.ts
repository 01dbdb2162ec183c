/** Reports as a partner has them; made up. */
export const reportsOfPictures = [
  ['Azure usage daily', 'Active'],
  ['Azure usage hourly rollup', 'Active'],
  ['Customer seats and revenue', 'Active'],
  ['Licence deployment weekly', 'Active'],
  ['Marketplace orders', 'Active'],
  ['Marketplace payouts', 'Active'],
  ['Office usage pilot', 'Active'],
  ['Renewal propensity', 'Active'],
  ['Reseller performance', 'Active'],
  ['Security posture', 'Active'],
  ['Subscriptions snapshot', 'Active'],
  ['Teams adoption', 'Active'],
  ['Windows telemetry extract', 'Active'],
  ['Sales pilot (Dana)', 'Paused'],
  ['Legacy ISV export', 'Inactive'],
  ['Power BI seats', 'Active'],
].map(([reportName = '', reportStatus = ''], at) => ({
  reportId: `5a1e0000-7c4d-4b2e-9f00-${String(at + 1).padStart(12, '0')}`,
  ...{ reportName, reportStatus, startTime: '2099-01-05T18:00:00Z', recurrenceCount: 10 },
}));

const HOUR_IN_MS = 3_600_000;

/** Windows as a partner has them: one that is on now, others that come. */
export function windowsOfPictures(nowMs: number): readonly object[] {
  const began = new Date(nowMs - 0.6 * HOUR_IN_MS);
  const at = `${began.getUTCMinutes()} ${began.getUTCHours()}`;
  const skipped = new Date(nowMs + 6 * 24 * HOUR_IN_MS).toISOString().slice(0, 10);
  const ids = (...numbers: readonly number[]) => ({
    ids: numbers.map((number) => reportsOfPictures[number - 1]?.reportId),
  });
  return [
    window('platform-release', `${at} * * *`, 'UTC', { duration: 'PT3H', reports: ids(1, 2, 3, 5) }),
    window('nightly', '0 2 * * *', 'Europe/Amsterdam', {
      ...{ end: '06:00', reports: { namePattern: 'Azure*' }, skipDates: [skipped] },
    }),
    window('warehouse-load', '30 22 * * SAT', 'America/New_York', {
      duration: 'PT30H',
      reports: { all: true },
    }),
    window('payouts', '0 6 * * MON,THU', 'Europe/London', { duration: 'PT5H', reports: ids(5, 6) }),
  ];
}

function window(
  name: string,
  start: string,
  timeZone: string,
  more: Readonly<Record<string, unknown>>,
): object {
  const { reports, ...schedule } = more;
  return { name, reports, schedule: { start, timeZone, ...schedule } };
}
