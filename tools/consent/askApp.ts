import { z } from 'zod';
import type { Connection } from '../../ctl/commandLine.ts';
import { sendOnce } from '../../ctl/connection/sendOnce.ts';
import { createSignIn } from '../../ctl/connection/signIn.ts';
import { plain } from '../../ctl/telling/plain.ts';
import { clouds } from '../../shared/signIn/clouds.ts';

/** What the app answered, or why it did not; `message` is a whole sentence for people. */
type AppAnswer<Value> =
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

/** Text of the app as a terminal may show it: whoever answers in its place shall not move a cursor. */
const shown = z
  .string()
  .max(2_000)
  .transform((text) => plain(text).slice(0, 500));

const terms = z.object({
  tenantId: z.guid(),
  clientId: z.guid(),
  authorizeUrl: z.url(),
  scope: z.string().max(1_000),
});

const given = z.object({
  user: shown,
  replacedUser: shown.nullable(),
  reports: z.int(),
  isMfaConfirmed: z.boolean(),
  /** Missing in the answer of an app that is older than this command. */
  isMfaInToken: z.boolean().default(true),
});

export type Terms = z.infer<typeof terms>;
export type Given = z.infer<typeof given>;

/** Where a person may be sent to type a password. Source: `@azure/identity`, the authority hosts of Microsoft's clouds. */
const ENTRA_ORIGINS: ReadonlySet<string> = new Set([
  ...Object.values(clouds).map(({ authorityHost }) => authorityHost),
  'https://login.partner.microsoftonline.cn',
]);

const UNSURE =
  'it may have stored the token all the same, as GET /api/health/details?deep=true tells; if not, begin again';

const problem = z.object({ code: shown, title: shown });

/** Opens the doors; nothing is asked yet. */
export function openConsentDoors(
  { origin, signIn: how }: Connection,
  {
    account,
    authority,
  }: {
    readonly account: string;
    /** The origin of an Entra that is none of Microsoft's own; null takes those alone. */
    readonly authority: string | null;
  },
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
    terms: async () => {
      const answer = await ask('GET', null, terms);
      return answer.ok ? onlyEntra(answer.value, authority) : answer;
    },
    complete: (codes) => ask('POST', codes, given),
  };
}

/** The app says where to sign in; a person types a password there, so that its word alone does not count. */
function onlyEntra(given: Terms, authority: string | null): AppAnswer<Terms> {
  const { origin, pathname } = new URL(given.authorizeUrl);
  const isKnown = ENTRA_ORIGINS.has(origin) || origin === authority;
  if (isKnown && pathname === `/${given.tenantId}/oauth2/v2.0/authorize`) {
    return { ok: true, value: given };
  }
  const told = plain(`${origin}${pathname}`).slice(0, 200);
  return failed(
    1,
    `The app sends people to ${told} to sign in, which is no address of Entra. Check --url. If it is the Entra of a private cloud (AUTHORITY_HOST of the app), give --authority ${plain(origin)}. Nothing was opened.`,
  );
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
      : 'check --audience, who is signed in ("az account show"), and that they have the role Intermission.Consent';
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
