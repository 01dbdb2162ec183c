import { changesSchema, requestsSchema, stateSchema } from './wireShapes.ts';

const ACTIVE_REPORTS = 40;
const PAUSED_REPORTS = 5;
const INACTIVE_REPORTS = 5;

/** The id of a seeded report: 1 to 40 are active, 41 to 45 were paused by a person, 46 to 50 are inactive. */
export function reportId(number: number): string {
  return `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** No report has it. */
export const UNKNOWN_REPORT = 'deadbeef-0000-4000-8000-000000000000';

/** Opens the admin door of the emulator at `url`. */
export function openEmulatorDoor(url: string) {
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_admin/${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  };
  const requests = async (query = '') => requestsSchema.parse(await admin('GET', `requests?${query}`));
  return {
    admin,
    requests,
    seed: () => admin('PUT', 'state', { reports: seededReports() }),
    /** The status of each of these reports, in this order. */
    statuses: async (ids: readonly string[]): Promise<readonly (string | undefined)[]> => {
      const { reports } = stateSchema.parse(await admin('GET', 'state'));
      const byId = new Map(reports.map((report) => [report.reportId, report.reportStatus]));
      return ids.map((id) => byId.get(id));
    },
    /** Every change of status of these reports, oldest first. */
    changes: async (ids: readonly string[]) =>
      changesSchema.parse(await admin('GET', 'changes')).filter((change) => ids.includes(change.reportId)),
    /** How many requests were received so far. */
    lastSeq: async () => (await requests()).at(-1)?.seq ?? 0,
    fault: (fault: object) => admin('POST', 'faults', [fault]),
    clearFaults: () => admin('DELETE', 'faults'),
  };
}

function seededReports(): readonly object[] {
  return [
    ...new Array(ACTIVE_REPORTS).fill('Active'),
    ...new Array(PAUSED_REPORTS).fill('Paused'),
    ...new Array(INACTIVE_REPORTS).fill('Inactive'),
  ].map((reportStatus, at) => ({
    reportId: reportId(at + 1),
    reportName: `report ${at + 1}`,
    reportStatus,
    // Long after every test, so that no run of a report changes anything meanwhile.
    startTime: '2099-01-05T18:00:00Z',
    recurrenceCount: 10,
  }));
}
