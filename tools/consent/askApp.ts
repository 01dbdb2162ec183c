import { z } from 'zod';
import type { Connection } from '../../ctl/commandLine.ts';
import { sendOnce } from '../../ctl/connection/sendOnce.ts';
import { createSignIn } from '../../ctl/connection/signIn.ts';

/** What the app answered, or why it did not; `message` is a whole sentence for people. */
export type AppAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly exitCode: 1 | 3; readonly message: string };

/** The consent doors of one account. */
export interface ConsentDoors {
  terms(): Promise<AppAnswer<Terms>>;
  /** Sent once: the code is spent after it. */
  complete(codes: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly redirectUri: string;
  }): Promise<AppAnswer<Given>>;
}

const terms = z.object({
  tenantId: z.string(),
  clientId: z.string(),
  authorizeUrl: z.url({ protocol: /^https$/ }),
  scope: z.string(),
});

const given = z.object({
  user: z.string(),
  replacedUser: z.string().nullable(),
  reports: z.number(),
  isMfaConfirmed: z.boolean(),
});

export type Terms = z.infer<typeof terms>;
export type Given = z.infer<typeof given>;

const UNSURE =
  'it may have stored the token all the same, as GET /api/health/details?deep=true tells; if not, begin again';

const problem = z.object({ code: z.string(), title: z.string() });

/** Opens the doors; nothing is asked yet. */
export function openConsentDoors(
  { origin, signIn: how }: Connection,
  account: string,
  nowMs: () => number,
): ConsentDoors {
  const signIn = createSignIn(how);
  const url = `${origin}/api/accounts/${account}/consent`;
  const ask = async <Value>(
    method: string,
    body: unknown,
    shape: z.ZodType<Value>,
  ): Promise<AppAnswer<Value>> => {
    const json = body === null ? null : JSON.stringify(body);
    const headers = { ...(await signIn.headers(nowMs())), 'content-type': 'application/json' };
    const answer = await sendOnce(url, { method, headers, body: json });
    if (answer.kind === 'unreachable') {
      const remedy = body === null ? 'check --url and the network' : UNSURE;
      return failed(3, `The app at ${origin} could not be reached (${answer.why}): ${remedy}.`);
    }
    return readAnswer(answer.status, answer.json, { shape, origin, isKey: how.kind === 'key' });
  };
  return {
    terms: () => ask('GET', null, terms),
    complete: (codes) => ask('POST', codes, given),
  };
}

function readAnswer<Value>(
  status: number,
  json: unknown,
  { shape, origin, isKey }: { shape: z.ZodType<Value>; origin: string; isKey: boolean },
): AppAnswer<Value> {
  const parsed = shape.safeParse(json);
  if (status === 200 && parsed.success) {
    return { ok: true, value: parsed.data };
  }
  if (status === 401 || status === 403) {
    const remedy = isKey
      ? 'the key must be the host key "_master" of this app, no function key'
      : 'check --audience, who is signed in ("az account show"), and that they have the role Intermission.Operate';
    return failed(3, `The app at ${origin} did not let us in (${status}): ${remedy}.`);
  }
  const told = problem.safeParse(json);
  return told.success
    ? failed(1, `${told.data.title} (${told.data.code}; docs/faults.md says what to do.)`)
    : failed(3, `${origin} answered ${status}, and not as Intermission does: check --url, and its version.`);
}

function failed(exitCode: 1 | 3, message: string): AppAnswer<never> {
  return { ok: false, exitCode, message };
}
