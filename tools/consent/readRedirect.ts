import { timingSafeEqual } from 'node:crypto';
import { safeText } from '../../shared/insights/safeText.ts';

/** What Entra sent back through the browser. */
export type Redirected =
  | { readonly kind: 'code'; readonly code: string }
  /** `message` is for people, a whole sentence. */
  | { readonly kind: 'refused'; readonly message: string };

/** Reads the query of the redirect; without the right `state` nothing in it counts. Pure. */
export function readRedirect(query: URLSearchParams, state: string): Redirected {
  if (!isSameText(query.get('state') ?? '', state)) {
    return refused(
      'An answer came that does not belong to this sign-in (its state is another one). Nothing was sent to the app; begin again.',
    );
  }
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
