import type { StoredToken } from '../signIn/refreshTokenStore.ts';

export const DAY_IN_MS = 86_400_000;

/** A refresh token lives so long from the day it was given out. Source: "Refresh tokens in the Microsoft identity platform". */
const LIFETIME_IN_DAYS = 90;

/** One that was not used for so long is used by the tick. */
export const USED_AGAIN_AFTER_MS = 30 * DAY_IN_MS;

/** What ends within this time is told. */
export const ENDS_SOON_IN_MS = 30 * DAY_IN_MS;

/** How old a stored refresh token is. */
export interface RefreshTokenAge {
  readonly ageInDays: number;
  readonly daysLeft: number;
  readonly isNearEnd: boolean;
}

/** Null where none is known. A clock that was wrong makes no negative age. Pure. */
export function refreshTokenAge(stored: StoredToken | null, nowMs: number): RefreshTokenAge | null {
  if (stored === null) {
    return null;
  }
  const ageInDays = Math.max(0, nowMs - stored.redeemedAtMs) / DAY_IN_MS;
  const daysLeft = Math.max(0, LIFETIME_IN_DAYS - ageInDays);
  return { ageInDays, daysLeft, isNearEnd: daysLeft * DAY_IN_MS < ENDS_SOON_IN_MS };
}
