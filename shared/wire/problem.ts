/** One fault of a request, by where it is. Source: RFC 9457 with the JSON pointers of RFC 6901. */
export interface RequestFault {
  readonly pointer: string;
  readonly message: string;
}

/** An answer as any host can send it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** A JSON answer. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'content-type': 'application/json', ...SECURITY_HEADERS, ...headers }, body };
}

/** A problem document; `code` is stable, and `docs/faults.md` says what to do about each. */
export function problemAnswer(
  status: number,
  problem: { readonly code: string; readonly title: string; readonly [extra: string]: unknown },
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const { code, title, ...rest } = problem;
  return jsonAnswer(
    status,
    { type: `urn:intermission:${code}`, title, status, code, ...rest },
    { 'content-type': 'application/problem+json', ...headers },
  );
}
