import { z } from 'zod';
import type { SignInFailure } from './signInFailure.ts';
import { findSignInRow, type SignInFacts, type SignInStep } from './signInTable.ts';

/** What the errors of MSAL and of the Azure SDK carry. Their text is searched for numbers and never told. */
const errorShape = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  errorCode: z.string().optional().catch(undefined),
  subError: z.string().optional().catch(undefined),
  errorNo: z.union([z.string(), z.number()]).optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  cause: z.unknown().optional(),
});

type ErrorFacts = z.output<typeof errorShape>;

/** The SDK wraps what MSAL throws, once; deeper is no error of theirs. */
const MAX_CAUSES = 3;

/** Errors of MSAL that are an answer of Entra; others have an `errorCode` too. */
const ANSWERS: ReadonlySet<string> = new Set(['ServerError', 'InteractionRequiredAuthError']);

/** MSAL's own words for an answer that it could not read. */
const NO_OAUTH: ReadonlySet<unknown> = new Set(['client_error', 'unknown_error']);

/**
 * Why a sign-in failed, told without a word of the library's own text, which may hold addresses, ids and tokens.
 * `seenStatus` is the HTTP status of the last answer, where somebody has seen it: the libraries lose it with some. Pure.
 */
export function explainSignInError(
  error: unknown,
  step: SignInStep,
  seenStatus: number | null = null,
): SignInFailure {
  const errors = chainOf(error);
  const facts = factsOf(errors, step, seenStatus);
  const { code, because, isPassing } = findSignInRow(facts);
  const what = code === 'identity_missing' ? '' : ` (${wordOf(facts, errors)})`;
  return { code, message: `${because}${what}`, retryable: isPassing };
}

function chainOf(error: unknown): readonly ErrorFacts[] {
  const chain: ErrorFacts[] = [];
  for (let at: unknown = error; chain.length < MAX_CAUSES; ) {
    const read = errorShape.safeParse(at).data;
    if (read === undefined) break;
    chain.push(read);
    at = read.cause;
  }
  return chain;
}

function factsOf(errors: readonly ErrorFacts[], step: SignInStep, seenStatus: number | null): SignInFacts {
  const answer = errors.find(({ name }) => ANSWERS.has(name));
  return {
    step,
    status: seenStatus ?? first(errors, statusOf),
    number: first(errors, numberOf),
    oauthError: NO_OAUTH.has(answer?.errorCode) ? null : wordLike(answer?.errorCode),
    subError: wordLike(answer?.subError),
  };
}

function first<Value>(
  errors: readonly ErrorFacts[],
  pick: (error: ErrorFacts) => Value | null,
): Value | null {
  return errors.map(pick).find((value) => value !== null) ?? null;
}

function statusOf({ statusCode, status, message }: ErrorFacts): number | null {
  const told = /\bHttp status code: (\d{3})\b/.exec(message)?.[1];
  return statusCode ?? status ?? (told === undefined ? null : Number(told));
}

/** The first of Entra's error numbers, where there is one. */
function numberOf({ errorNo, message }: ErrorFacts): number | null {
  const told = /^\d{4,8}$/.exec(String(errorNo ?? ''))?.[0] ?? /AADSTS(\d{4,8})/.exec(message)?.[1];
  return told === undefined ? null : Number(told);
}

/** What tells most about a failure, in a word of a closed shape: never free text. */
function wordOf({ number, status, oauthError }: SignInFacts, [error]: readonly ErrorFacts[]): string {
  if (number !== null) return `AADSTS${number}`;
  if (oauthError !== null) return oauthError;
  if (status !== null) return `HTTP ${status}`;
  return wordLike(error?.errorCode) ?? /^[A-Za-z]{3,40}$/.exec(error?.name ?? '')?.[0] ?? 'unknown error';
}

function wordLike(text: string | undefined): string | null {
  return /^[a-z_]{3,40}$/.exec(text ?? '')?.[0] ?? null;
}
