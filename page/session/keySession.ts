import type { Session } from './session.ts';

// The tab's own storage: another tab does not see it, and it is gone with the tab.
const KEY = 'intermission.key';
const NAME = 'intermission.name';

/** The key that was typed in this tab, if one was. */
export function keySession(): Session | null {
  const key = sessionStorage.getItem(KEY);
  return key === null ? null : sessionOf(key, sessionStorage.getItem(NAME) ?? '');
}

/** Keeps a key for this tab. `name` is what is shown beside what is done; it proves nothing. */
export function enterKey(key: string, name: string): Session {
  sessionStorage.setItem(KEY, key);
  sessionStorage.setItem(NAME, name);
  return sessionOf(key, name);
}

/** Forgets the key of this tab. */
function forgetKey(): void {
  sessionStorage.removeItem(KEY);
}

/** The name that was typed last in this tab. */
export function lastName(): string {
  return sessionStorage.getItem(NAME) ?? '';
}

function sessionOf(key: string, name: string): Session {
  // A header takes visible ASCII alone.
  const shown = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  return {
    proof: async () => ({
      'x-functions-key': key,
      ...(shown.trim() === '' ? {} : { 'x-requested-by': shown.trim() }),
    }),
    signOut: async () => forgetKey(),
  };
}
