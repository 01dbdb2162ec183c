import { z } from 'zod';
import { entraCodes } from './entraCodes.ts';
import type { SignInFailure } from './signInFailure.ts';

/** What the errors of MSAL and of the Azure SDK carry. Their text is searched for numbers and never told. */
const errorShape = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  errorCode: z.string().optional().catch(undefined),
  errorNo: z.union([z.string(), z.number()]).optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  cause: z.unknown().optional(),
});

type ErrorFacts = z.output<typeof errorShape>;

/** Which part of signing in failed, as a person would say it. */
export type SignInStep = 'the managed identity' | 'Entra';

/** Why a sign-in failed, told without a word of the library's own text, which may hold addresses, ids and tokens. Pure. */
export function explainSignInError(error: unknown, step: SignInStep): SignInFailure {
  const facts = errorShape.safeParse(error).data ?? errorShape.parse({});
  return step === 'Entra' ? explainEntra(facts) : explainIdentity(facts);
}

function explainEntra(facts: ErrorFacts): SignInFailure {
  const number = numberOf(facts);
  const known = number === null ? undefined : entraCodes.get(number);
  if (known !== undefined) {
    return {
      code: known.code,
      message: `${known.because} (AADSTS${number})`,
      retryable: known.isPassing === true,
    };
  }
  const status = facts.statusCode ?? facts.status ?? statusIn(facts);
  if (status === 429) {
    return { code: 'entra_throttled', message: 'Entra asks to wait (429)', retryable: true };
  }
  if (number === null && (status === null || status >= 500 || status === 408)) {
    const what = status === null ? wordOf(facts) : `HTTP ${status}`;
    return { code: 'entra_unavailable', message: `Entra gave no token (${what})`, retryable: true };
  }
  const what = number === null ? wordOf(facts) : `AADSTS${number}`;
  return { code: 'sign_in_failed', message: `Entra refused the sign-in (${what})`, retryable: false };
}

function explainIdentity(facts: ErrorFacts): SignInFailure {
  const number = numberOf(facts);
  const status = facts.statusCode ?? facts.status ?? statusIn(facts);
  const isOut = status === null ? isOutOfReach(facts) : status >= 500 || status === 429 || status === 408;
  return isOut || number !== null
    ? {
        code: 'identity_unavailable',
        message: `the managed identity gave no token now (${status === null ? wordOf(facts) : `HTTP ${status}`})`,
        retryable: true,
      }
    : {
        code: 'identity_missing',
        message:
          'the managed identity gave no token; check that it is assigned to the app and that AZURE_CLIENT_ID names it',
        // An identity that was assigned a moment ago takes its time to be known.
        retryable: true,
      };
}

/** The first of Entra's error numbers, where there is one. */
function numberOf({ errorNo, message }: ErrorFacts): number | null {
  const told = /^\d{4,8}$/.exec(String(errorNo ?? ''))?.[0] ?? /AADSTS(\d{4,8})/.exec(message)?.[1];
  return told === undefined ? null : Number(told);
}

function statusIn({ message }: ErrorFacts): number | null {
  const told = /\b(?:status(?: code)?|HTTP)[:= ]+(\d{3})\b/i.exec(message)?.[1];
  return told === undefined ? null : Number(told);
}

function isOutOfReach({ message, name }: ErrorFacts): boolean {
  return (
    /\b(?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EAI_AGAIN|socket hang up|timed? ?out|network)\b/i.test(
      message,
    ) ||
    name === 'TimeoutError' ||
    name === 'AbortError'
  );
}

/** A word of a closed shape: an OAuth error or a name of a class, never free text. */
function wordOf({ errorCode, name }: ErrorFacts): string {
  return /^[a-z_]{3,40}$/.exec(errorCode ?? '')?.[0] ?? /^[A-Za-z]{3,40}$/.exec(name)?.[0] ?? 'unknown error';
}
