import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Exemption, PastOccurrence, Plan, Report, Role, Window } from './asking/answers.ts';
import type { Proof } from './asking/ask.ts';
import type { Situation } from './asking/situation.ts';

/** What somebody began to do; a dialog goes on with it. */
export type Intent =
  | { readonly kind: 'pause'; readonly reports: readonly Report[] }
  | { readonly kind: 'resume'; readonly reports: readonly Report[]; readonly takeOver: boolean }
  | { readonly kind: 'acknowledge'; readonly reports: readonly Report[] }
  | { readonly kind: 'exempt'; readonly reports: readonly Report[] }
  | { readonly kind: 'endExemption'; readonly exemption: Exemption }
  | { readonly kind: 'end'; readonly window: Window }
  | { readonly kind: 'extend'; readonly window: Window };

/** What every part of the page may need. */
export interface PageContext {
  readonly proof: Proof;
  readonly signIn: 'keys' | 'entra';
  readonly situation: Situation;
  readonly plan: Plan | null;
  readonly past: readonly PastOccurrence[] | null;
  /** Goes up with each look, for parts that ask for something of their own. */
  readonly looks: number;
  readonly lookNow: () => Promise<void>;
  /** Goes up with each act that was begun and left: what was chosen for it is chosen no more. */
  readonly acts: number;
  readonly begin: (intent: Intent) => void;
}

export const Page = createContext<PageContext | null>(null);

/** The page around a part of it. @throws Error outside of it */
export function usePage(): PageContext {
  const page = useContext(Page);
  if (page === null) {
    throw new Error('outside of the page');
  }
  return page;
}

/** Whether the viewer has a role, or one that includes it. */
export function useMay(role: Role): boolean {
  return usePage().situation.me.roles.includes(role);
}
