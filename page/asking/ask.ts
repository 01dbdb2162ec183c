/** What came of asking the app. */
export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Answer }
  /** A problem document, or an answer that none was made of. */
  | { readonly kind: 'problem'; readonly status: number; readonly code: string; readonly title: string }
  /** Whoever asks is not known, or not any more. */
  | { readonly kind: 'signedOut' }
  /** No answer came: no network, or the app is being replaced. */
  | { readonly kind: 'unreachable' };

/** Proves who asks, in the headers of a request; null where there is no proof any more. */
export type Proof = () => Promise<Readonly<Record<string, string>> | null>;

/** A request to the app. */
export interface Asking {
  readonly method: 'GET' | 'POST';
  /** Begins with `/api/`. */
  readonly path: string;
  readonly body?: unknown;
  /** A repeat with the same key gets the first answer. */
  readonly key?: string;
  /** Statuses that bear an answer beside those of success. */
  readonly answersAt?: readonly number[];
}

const PATIENCE_IN_MS = 235_000;

/** Asks the app one thing. The answer is taken at its word: it is of the same build, or the page says that it is not. */
export async function ask<Answer>(proof: Proof, asking: Asking): Promise<Asked<Answer>> {
  const { method, path, body, key, answersAt = [] } = asking;
  try {
    const proven = await proof();
    if (proven === null) {
      return { kind: 'signedOut' };
    }
    const response = await fetch(path, {
      method,
      ...{ cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' },
      signal: AbortSignal.timeout(PATIENCE_IN_MS),
      headers: {
        ...proven,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const { status } = response;
    if (status === 401) {
      return { kind: 'signedOut' };
    }
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.includes('problem+json') === true;
    if (!isProblem && (response.ok || answersAt.includes(status))) {
      const answer: Answer = JSON.parse(text);
      return { kind: 'answered', status, answer };
    }
    return status >= 502 && !isProblem ? { kind: 'unreachable' } : problemOf(status, isProblem ? text : '');
  } catch {
    return { kind: 'unreachable' };
  }
}

function problemOf(status: number, text: string): Extract<Asked<never>, { kind: 'problem' }> {
  const told: unknown = text === '' ? null : JSON.parse(text);
  const textOf = (name: string) => {
    const value = typeof told === 'object' && told !== null ? Reflect.get(told, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const faults = faultsOf(told);
  const title = [textOf('title'), textOf('detail'), ...faults].filter((part) => part !== '').join(' ');
  return {
    kind: 'problem',
    status,
    code: textOf('code'),
    title: title === '' ? `The app answered ${status}.` : title,
  };
}

/** What an invalid request is told of its fields, and what a refused run says of its reports. */
function faultsOf(told: unknown): readonly string[] {
  if (typeof told !== 'object' || told === null || !('errors' in told) || !Array.isArray(told.errors)) {
    return [];
  }
  return told.errors.flatMap((fault: unknown) =>
    typeof fault === 'object' && fault !== null && 'pointer' in fault && 'message' in fault
      ? [`${String(fault.pointer).replace(/^\//, '')} ${String(fault.message)}.`]
      : [],
  );
}
