import { randomUUID } from 'node:crypto';
import { CommandError } from '../commandError.ts';
import type { Connection } from '../commandLine.ts';
import type { World } from '../world.ts';
import { problemShape } from './answers.ts';
import { decideRetry } from './decideRetry.ts';
import type { DoorAnswer, Exchange } from './exchange.ts';
import { sendOnce } from './sendOnce.ts';
import type { SignIn } from './signIn.ts';

/** The HTTP doors of the app. */
export interface Doors {
  /** @throws CommandError (3) where the app is not reached or does not let us in. */
  get(path: string): Promise<DoorAnswer>;
  /** One key for all attempts, so that a lost answer does no harm. @throws CommandError (3) */
  post(path: string, body: unknown): Promise<DoorAnswer>;
  /** An address that the app itself gave, of its own origin; needs no sign-in. @throws CommandError (3) */
  getOpen(path: string): Promise<DoorAnswer>;
  readonly origin: string;
}

/** Opens the doors; every call is tried again where that is safe and of use, a few times. */
export function openDoors({ origin, signIn: { kind } }: Connection, signIn: SignIn, world: World): Doors {
  const call = async (
    method: string,
    path: string,
    own: Readonly<Record<string, string>>,
    body: string | null,
  ) => {
    for (let attempt = 1; ; attempt += 1) {
      const exchange = await sendOnce(`${origin}${path}`, { method, headers: own, body });
      const waitInMs = decideRetry(exchange, attempt);
      if (waitInMs === null) {
        return letIn(exchange, { origin, kind, isChange: method === 'POST' });
      }
      const why = exchange.kind === 'answered' ? `answered ${exchange.status}` : exchange.why;
      world.progress(`${origin}: ${why}; trying again in ${Math.ceil(waitInMs / 1000)} s`);
      await world.sleep(waitInMs);
    }
  };
  const headers = async () => ({ accept: 'application/json', ...(await signIn.headers(world.nowMs())) });
  return {
    origin,
    get: async (path) => call('GET', path, await headers(), null),
    getOpen: (path) => call('GET', path, { accept: 'application/json' }, null),
    post: async (path, body) => {
      const own = { 'content-type': 'application/json', 'idempotency-key': `ctl-${randomUUID()}` };
      return call('POST', path, { ...(await headers()), ...own }, JSON.stringify(body));
    },
  };
}

function letIn(
  exchange: Exchange,
  { origin, kind, isChange }: { origin: string; kind: 'key' | 'azureCli'; isChange: boolean },
): DoorAnswer {
  if (exchange.kind === 'unreachable') {
    const unsure = isChange ? ' If it was reached, the work may be under way: "status" tells.' : '';
    throw new CommandError(
      3,
      'unreachable',
      `Could not reach ${origin} (${exchange.why}): check --url and the network.${unsure}`,
    );
  }
  const { status, json } = exchange;
  if (status === 401 || status === 403) {
    const problem = problemShape.safeParse(json).data;
    if (problem?.code === 'role_missing') {
      throw new CommandError(3, problem.code, problem.title);
    }
    const remedy =
      kind === 'key'
        ? 'check --key or INTERMISSION_KEY: it must be a function key of this app'
        : 'check --audience, who is signed in ("az account show"), and that they have a role in the app';
    throw new CommandError(3, 'not_signed_in', `${origin} refused the sign-in (${status}): ${remedy}.`);
  }
  if (status >= 300 && status < 400) {
    throw new CommandError(
      3,
      'redirected',
      `${origin} sends us elsewhere (${status}): give the app's own address as --url.`,
    );
  }
  if (json === undefined) {
    throw new CommandError(
      3,
      'not_intermission',
      `${origin} answered ${status}, and not as Intermission does: check --url, and whether the app runs.`,
    );
  }
  return exchange;
}
