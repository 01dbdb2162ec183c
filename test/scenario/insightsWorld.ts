import { z } from 'zod';
import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import type { TokenIssuer } from '../../local/tokens/tokenIssuer.ts';

const changes = z.array(
  z.object({
    seq: z.number(),
    atUtc: z.string(),
    reportId: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    operation: z.string(),
    by: z.object({ kind: z.string(), clientId: z.string().nullable(), userName: z.string().nullable() }),
  }),
);

/** One change of a status as the emulator recorded it: what the judge goes by. */
export type RecordedChange = z.output<typeof changes>[number];

const requests = z.array(
  z.object({
    operation: z.string().nullable(),
    reportId: z.string().nullable(),
    principal: z.object({ kind: z.string() }).nullable(),
    status: z.number().nullable(),
    fault: z.string().nullable(),
  }),
);

const state = z.object({
  reports: z.array(
    z.object({ reportId: z.string(), reportStatus: z.string(), modifiedTime: z.string().nullable() }),
  ),
});

export type HumanDeed = 'pause' | 'resume' | 'edit' | 'delete';

/** The emulator as a scenario sees it: what people do there, what befalls it, and what it recorded. */
export interface InsightsWorld {
  readonly url: string;
  reset(seed: { nowMs: number; policies: object; reports: readonly object[] }): Promise<void>;
  setClock(nowMs: number): Promise<void>;
  setPolicies(policies: object): Promise<void>;
  addFault(fault: object): Promise<void>;
  clearFaults(): Promise<void>;
  /** Pause, resume and delete go through the API with a token of that user; an edit is made in the portal. */
  act(deed: HumanDeed, reportId: string, userName: string): Promise<void>;
  edit(reportId: string, userName: string, fields: object): Promise<void>;
  changes(): Promise<readonly RecordedChange[]>;
  /** Requests of the service's own token. */
  requestsOfService(): Promise<z.output<typeof requests>>;
  reports(): Promise<z.output<typeof state>['reports']>;
  report(reportId: string): Promise<z.output<typeof state>['reports'][number]>;
  close(): Promise<void>;
}

/** Starts the emulator with a standing clock. */
export async function startInsightsWorld(issuer: TokenIssuer): Promise<InsightsWorld> {
  const emulator = await startInsightsEmulator({
    port: 0,
    issuer,
    seedFile: null,
    stateFile: null,
    policies: ANY_CALLER,
  });
  const admin = async (method: string, door: string, body?: unknown): Promise<unknown> => {
    const init = { method, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await fetch(`${emulator.url}/_admin/${door}`, init);
    if (!answer.ok) {
      throw new Error(`${method} ${door}: ${await answer.text()}`);
    }
    return answer.json();
  };
  const tokens = new Map<string, string>();
  const tokenOf = async (userName: string): Promise<string> => {
    const known = tokens.get(userName);
    if (known !== undefined) {
      return known;
    }
    const request = { kind: 'user', mfa: true, userName, lifetimeInSeconds: 86_400 };
    const { token } = z.object({ token: z.string() }).parse(await admin('POST', 'token', request));
    tokens.set(userName, token);
    return token;
  };
  const paths = { pause: 'pause/', resume: 'resume/', delete: '' };

  return {
    url: emulator.url,
    reset: async ({ nowMs, policies, reports }) => {
      const nowUtc = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
      await admin('PUT', 'state', { nowUtc, policies, reports });
      await admin('PUT', 'clock', { nowUtc, frozen: true });
      await admin('DELETE', 'faults');
      await admin('DELETE', 'requests');
    },
    setClock: async (nowMs) => {
      await admin('PUT', 'clock', { nowUtc: new Date(nowMs).toISOString() });
    },
    setPolicies: async (policies) => {
      await admin('PATCH', 'policies', policies);
    },
    addFault: async (fault) => {
      await admin('POST', 'faults', fault);
    },
    clearFaults: async () => {
      await admin('DELETE', 'faults');
    },
    act: async (deed, reportId, userName) => {
      if (deed === 'edit') {
        await admin('PATCH', 'state', { reportId, by: userName, action: 'edit' });
        return;
      }
      const url = `${emulator.url}/insights/v1/mpn/ScheduledReport/${paths[deed]}${reportId}`;
      const headers = { Authorization: `Bearer ${await tokenOf(userName)}` };
      const answer = await fetch(url, { method: deed === 'delete' ? 'DELETE' : 'PUT', headers });
      if (!answer.ok) {
        throw new Error(`${userName} could not ${deed} ${reportId}: ${await answer.text()}`);
      }
    },
    edit: async (reportId, userName, fields) => {
      await admin('PATCH', 'state', { reportId, by: userName, action: 'edit', changes: fields });
    },
    changes: async () => changes.parse(await admin('GET', 'changes')),
    requestsOfService: async () =>
      requests
        .parse(await admin('GET', 'requests'))
        .filter(({ principal }) => principal === null || principal.kind === 'app'),
    report: async (reportId) => {
      const found = state.parse(await admin('GET', 'state')).reports.find((one) => one.reportId === reportId);
      if (found === undefined) {
        throw new Error(`there is no report ${reportId}`);
      }
      return found;
    },
    reports: async () => state.parse(await admin('GET', 'state')).reports,
    close: emulator.close,
  };
}
