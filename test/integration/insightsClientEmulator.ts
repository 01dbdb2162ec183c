import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import type { Clock } from '../../shared/time/clock.ts';

/** One request as the emulator's admin door lists it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyText: string;
  readonly operation: string | null;
  readonly fault: string | null;
}

/** The emulator over HTTP, moved by its admin door alone. */
export async function startEmulatorForTest() {
  const issuer = await createTokenIssuer();
  const emulator = await startInsightsEmulator({
    port: 0,
    issuer,
    seedFile: null,
    stateFile: null,
    policies: ANY_CALLER,
  });

  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = { method, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await fetch(`${emulator.url}/_admin/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return await answer.json();
  };

  return {
    origin: emulator.url,
    close: () => emulator.close(),
    admin,
    /** One report, a standing clock, no faults, and policies as given. */
    reset: async (report: object, policies: object = {}) => {
      await admin('DELETE', 'faults');
      await admin('PUT', 'clock', { nowUtc: '2026-03-01T12:00:00Z', frozen: true });
      await admin('PUT', 'state', { nowUtc: '2026-03-01T12:00:00Z', policies, reports: [report] });
      await admin('DELETE', 'requests');
    },
    faults: (...faults: object[]) => admin('POST', 'faults', faults),
    token: async (request: object = {}) => {
      const issued = await admin('POST', 'token', request);
      return typeof issued === 'object' && issued !== null && 'token' in issued ? String(issued.token) : '';
    },
    requests: async (): Promise<readonly ReceivedRequest[]> => {
      const listed = await admin('GET', 'requests');
      // The admin door is the test's own tool; what it lists is described above.
      return Array.isArray(listed) ? (listed as ReceivedRequest[]) : [];
    },
    /** The methods of what was received, and which fault befell each. */
    traffic: async () => {
      const listed = await admin('GET', 'requests');
      const requests = Array.isArray(listed) ? (listed as ReceivedRequest[]) : [];
      return requests.map(({ method, fault }) => (fault === null ? method : `${method} ${fault}`));
    },
    /** Resolves when the last request has met this fault, and what the fault does before its end is done. */
    struck: async (fault: string): Promise<void> => {
      for (;;) {
        const listed = await admin('GET', 'requests');
        const requests = Array.isArray(listed) ? (listed as ReceivedRequest[]) : [];
        if (requests.at(-1)?.fault === fault) return;
      }
    },
    /** A clock whose waits cost no time and move the emulator's clock along. */
    linked: (clock: Clock): Clock => ({
      now: () => clock.now(),
      sleep: async (delayInMs, signal) => {
        await clock.sleep(delayInMs, signal);
        await admin('PUT', 'clock', { advanceInMs: delayInMs });
      },
    }),
  };
}
