// Starts the Insights API emulator for one test file and speaks plain HTTP to it.
import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';

export const mpn = '/insights/v1/mpn';
/** Reports of the built-in seed. */
export const azureDaily = 'a0000000-0000-4000-8000-000000000001';
export const pausedByDana = 'a0000000-0000-4000-8000-000000000009';
export const exhausted = 'a0000000-0000-4000-8000-000000000011';
export const unknownId = 'deadbeef-0000-4000-8000-000000000000';
export const otherTenant = '99999999-9999-4999-8999-999999999999';

export interface Received {
  status: number;
  statusText: string;
  headers: Headers;
  text: string;
  /** The parsed body; undefined where it is not JSON. */
  json: unknown;
}

interface CallOptions {
  /** Null sends no Authorization header; by default an app-only token of the seed's tenant. */
  token?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One emulator with its clock frozen at noon of 1 June 2026, which takes tokens of either kind unless told otherwise. */
export async function startEmulatorUnderTest(
  options: { seedFile?: string; stateFile?: string; policies?: object } = {},
) {
  const { seedFile = null, stateFile = null } = options;
  const issuer = await createTokenIssuer();
  const emulator = await startInsightsEmulator({
    ...{ port: 0, issuer, seedFile, stateFile },
    policies: options.policies ?? ANY_CALLER,
  });
  const send = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    receive(
      fetch(`${emulator.url}${path}`, { method, headers, body: body === undefined ? null : bodyText(body) }),
    );

  const admin = async (method: string, door: string, body?: unknown): Promise<unknown> => {
    const answer = await send(method, `/_admin/${door}`, {}, body);
    if (answer.status !== 200) {
      throw new Error(`${method} ${door}: ${answer.status} ${answer.text}`);
    }
    return answer.json;
  };
  const token = async (request: object = {}): Promise<string> => {
    const answer = await admin('POST', 'token', request);
    return typeof answer === 'object' && answer !== null && 'token' in answer ? String(answer.token) : '';
  };
  await admin('PUT', 'clock', { nowUtc: '2026-06-01T12:00:00Z', frozen: true });
  const ownToken = await token();
  const call = (method: string, path: string, options: CallOptions = {}): Promise<Received> => {
    const bearer = options.token === undefined ? ownToken : options.token;
    const authorization: Record<string, string> =
      bearer === null ? {} : { Authorization: `Bearer ${bearer}` };
    return send(
      method,
      path,
      { 'Content-Type': 'Application/JSON', ...authorization, ...options.headers },
      options.body,
    );
  };
  return {
    url: emulator.url,
    close: emulator.close,
    admin,
    token,
    call,
    pause: (id: string, options?: CallOptions) => call('PUT', `${mpn}/ScheduledReport/pause/${id}`, options),
    resume: (id: string, options?: CallOptions) =>
      call('PUT', `${mpn}/ScheduledReport/resume/${id}`, options),
    get: (id: string) => call('GET', `${mpn}/ScheduledReport?reportId=${id}`),
  };
}

export type EmulatorUnderTest = Awaited<ReturnType<typeof startEmulatorUnderTest>>;

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function receive(sent: Promise<Response>): Promise<Received> {
  const response = await sent;
  const text = await response.text();
  const { status, statusText, headers } = response;
  return { status, statusText, headers, text, json: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An envelope that holds one report with these fields. */
export function oneReport(fields: object): unknown {
  return expect.objectContaining({
    value: [expect.objectContaining(fields)],
    totalCount: 1,
    statusCode: 200,
  });
}
