import { safeText } from '../text/safeText.ts';
import type { CallContext } from './insightsClient.ts';
import { type AttemptFailure, notSent } from './insightsFailure.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** The bearer token, or why there is none. An abort ends the wait at once, even where the source ignores it. */
export async function takeToken(
  door: Pick<ServiceDoor, 'tokens'>,
  forceRefresh: boolean,
  context: Pick<CallContext, 'signal'>,
): Promise<
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: AttemptFailure }
> {
  const { signal } = context;
  let stop = () => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    stop = () => resolve('aborted');
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    if (signal.aborted) stop();
    const answer = await Promise.race([aborted, door.tokens.getToken({ forceRefresh, signal })]);
    if (answer === 'aborted') return { ok: false, failure: notSent('aborted', 'Aborted while signing in') };
    if (answer.ok) return answer;
    const { code, message, retryable } = answer.failure;
    return { ok: false, failure: notSent(code, safeText(message), retryable) };
  } catch {
    if (signal.aborted) return { ok: false, failure: notSent('aborted', 'Aborted while signing in') };
    // What was thrown may hold a secret; the token source has to say what can be said.
    return { ok: false, failure: notSent('sign_in_failed', 'The token source failed unexpectedly', true) };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
