import { timingSafeEqual } from 'node:crypto';
import { safeText } from '../../shared/text/safeText.ts';

/** What Entra sent back through the browser. */
export type Redirected =
  | { readonly kind: 'code'; readonly code: string }
  /** `message` is for people, a whole sentence. */
  | { readonly kind: 'refused'; readonly message: string };

/** Whether a redirect answers the sign-in of this `state`; without it nothing in the redirect counts. Pure. */
export function isAnswerTo(query: URLSearchParams, state: string): boolean {
  return isSameText(query.get('state') ?? '', state);
}

/** Reads the query of the redirect that answers this sign-in. Pure. */
export function readRedirect(query: URLSearchParams): Redirected {
  const error = query.get('error');
  if (error === 'access_denied') {
    return refused('The consent was declined, so nothing was changed.');
  }
  if (error !== null) {
    const [code = ''] = /AADSTS\d+/.exec(query.get('error_description') ?? '') ?? [];
    return refused(`Entra refused the sign-in: ${safeText(`${error} ${code}`, 100)}. Nothing was changed.`);
  }
  const code = query.get('code');
  return code === null
    ? refused('The answer of Entra has no code in it. Nothing was changed; begin again.')
    : { kind: 'code', code };
}

function refused(message: string): Redirected {
  return { kind: 'refused', message };
}

function isSameText(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
