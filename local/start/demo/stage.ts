import { z } from 'zod';
import { ENTRA_APP_ID } from '../../entra/directory/entraSeed.ts';
import type { Actor, CastReport } from './cast.ts';

/** A change of a status as the Insights API recorded it. */
export interface RecordedChange {
  readonly atMs: number;
  readonly reportId: string;
  readonly to: string | null;
  /** By the bearer of the token. */
  readonly by: string;
}

/** What the demo does at the Insights API beside the product: sets the scene, plays the people, reads the record. */
export interface Stage {
  /** Replaces all reports; each is Active, and its first run was due at `firstRunMs`. */
  seed(reports: readonly CastReport[], firstRunMs: number): Promise<void>;
  addFault(fault: unknown): Promise<void>;
  /** As that person, by the API itself and with their own token. */
  act(person: Exclude<Actor, 'Intermission'>, verb: 'pause' | 'resume', report: CastReport): Promise<void>;
  changes(): Promise<readonly RecordedChange[]>;
  /** Ids of the reports of which a run was due then and took place. */
  ranAt(instantMs: number): Promise<ReadonlySet<string>>;
}

const actorSchema = z.looseObject({
  kind: z.string(),
  clientId: z.string().nullable(),
  userName: z.string().nullable(),
});
const changesSchema = z.array(
  z.looseObject({
    atUtc: z.string(),
    reportId: z.string(),
    to: z.string().nullable(),
    by: actorSchema,
  }),
);
const stateSchema = z.looseObject({
  executions: z.array(z.looseObject({ reportId: z.string(), dueMs: z.number() })),
});
const tokenSchema = z.object({ token: z.string() });
const users: Readonly<Record<Exclude<Actor, 'Intermission'>, string>> = {
  Dana: 'dana@partner.example',
  Sam: 'sam@partner.example',
};

/** The stage of an emulator. Its calls throw an Error in a sentence where the emulator refuses. */
export function createStage(emulatorUrl: string): Stage {
  const admin = (method: string, door: string, body?: unknown) =>
    send(`${emulatorUrl}/_admin/${door}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    seed: async (reports, firstRunMs) => {
      const startTime = new Date(firstRunMs).toISOString().replace('.000Z', 'Z');
      const seeds = reports.map(({ reportId, reportName, recurrenceInHours }) => ({
        ...{ reportId, reportName, startTime, recurrenceInterval: recurrenceInHours },
      }));
      await admin('PUT', 'state', { reports: seeds });
    },
    addFault: async (fault) => {
      await admin('POST', 'faults', fault);
    },
    act: async (person, verb, { reportId }) => {
      const asked = { kind: 'user', mfa: true, userName: users[person] };
      const { token } = tokenSchema.parse(await admin('POST', 'token', asked));
      await send(`${emulatorUrl}/insights/v1/mpn/ScheduledReport/${verb}/${reportId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
      });
    },
    changes: async () =>
      changesSchema.parse(await admin('GET', 'changes')).map(({ atUtc, reportId, to, by }) => {
        return { atMs: Date.parse(atUtc), reportId, to, by: nameOf(by) };
      }),
    ranAt: async (instantMs) => {
      const { executions } = stateSchema.parse(await admin('GET', 'state'));
      return new Set(executions.filter(({ dueMs }) => dueMs === instantMs).map(({ reportId }) => reportId));
    },
  };
}

/** The product signs in for a user too: its app registration tells it from people. */
function nameOf({ kind, clientId, userName }: z.infer<typeof actorSchema>): string {
  const person = Object.entries(users).find(([, user]) => user === userName);
  return clientId === ENTRA_APP_ID ? 'Intermission' : (person?.[0] ?? userName ?? kind);
}

async function send(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `${init.method} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 500)}`,
    );
  }
  return JSON.parse(text);
}
