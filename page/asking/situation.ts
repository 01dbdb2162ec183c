import { DAYS_BACK } from '../facts/timeline.ts';
import type {
  Accounts,
  Health,
  Me,
  PastOccurrence,
  PastOccurrences,
  Plan,
  Reports,
  Windows,
} from './answers.ts';
import { type Asked, ask, type Proof } from './ask.ts';

/** All that the page shows at first sight, as the app told it at one time. */
export interface Situation {
  readonly me: Me;
  readonly reports: Reports;
  readonly windows: Windows;
  readonly accounts: Accounts;
  readonly health: Health;
  /** When the answers came, by the clock of the browser. */
  readonly gotMs: number;
}

/** What came of looking. */
export type Looked =
  | { readonly kind: 'seen'; readonly situation: Situation }
  /** The settings are invalid: the app tells which, and nothing else. */
  | { readonly kind: 'invalid'; readonly me: Me; readonly health: Health; readonly gotMs: number }
  | Exclude<Asked<never>, { kind: 'answered' }>;

/** What changes seldom, as it was told before: who looks, and what is wrong with the app. */
export interface Standing {
  readonly me: Me;
  readonly health: Health;
}

/**
 * Looks at everything once, but for what is known to stand. What people look at they share: it costs no call to Partner Center of
 * its own.
 */
export async function look(proof: Proof, standing: Standing | null): Promise<Looked> {
  const get = <Answer>(path: string, answersAt: readonly number[] = []) =>
    ask<Answer>(proof, { method: 'GET', path, answersAt });
  let known = standing;
  if (known === null) {
    const [me, health] = await Promise.all([get<Me>('/api/me'), get<Health>('/api/health/details', [503])]);
    if (me.kind !== 'answered') return me;
    if (health.kind !== 'answered') return health;
    known = { me: me.answer, health: health.answer };
  }
  if (known.health.code === 'config_invalid') {
    return { kind: 'invalid', ...known, gotMs: Date.now() };
  }
  const [reports, windows, accounts] = await Promise.all([
    get<Reports>('/api/reports', [502]),
    get<Windows>('/api/windows'),
    get<Accounts>('/api/accounts'),
  ]);
  if (reports.kind !== 'answered') return reports;
  if (windows.kind !== 'answered') return windows;
  if (accounts.kind !== 'answered') return accounts;
  const situation = {
    ...known,
    reports: reports.answer,
    windows: windows.answer,
    accounts: accounts.answer,
    gotMs: Date.now(),
  };
  return { kind: 'seen', situation };
}

const DAY_IN_MS = 86_400_000;

/** Which windows open in so many days; null where that cannot be told now. */
export async function foresee(proof: Proof, untilMs: number): Promise<Plan | null> {
  const until = encodeURIComponent(new Date(untilMs + DAY_IN_MS).toISOString());
  const asked = await ask<Plan>(proof, {
    ...{ method: 'GET', path: `/api/plan?until=${until}`, answersAt: [502] },
  });
  return asked.kind === 'answered' ? asked.answer : null;
}

/** What windows did in the last days, the newest first; null where that cannot be told now. */
export async function lookBack(proof: Proof, nowMs: number): Promise<readonly PastOccurrence[] | null> {
  const from = encodeURIComponent(new Date(nowMs - (DAYS_BACK + 1) * DAY_IN_MS).toISOString());
  const path = `/api/occurrences?limit=500&from=${from}`;
  const asked = await ask<PastOccurrences>(proof, { method: 'GET', path });
  return asked.kind === 'answered' ? asked.answer.occurrences : null;
}
