import type { SeenStore, StoredSeen } from '../../shared/service/seenReports.ts';

/** What people looked at, in memory: the blobs of the real thing, with their conditional writes. */
export function createMemorySeen(): SeenStore {
  const stored = new Map<string, StoredSeen>();
  let version = 0;
  const put = (accountKey: string, next: Omit<StoredSeen, 'etag'>): string => {
    version += 1;
    stored.set(accountKey, { ...next, etag: String(version) });
    return String(version);
  };
  return {
    read: async (accountKey) => stored.get(accountKey) ?? null,
    claim: async (accountKey, etag, claimedMs) => {
      const before = stored.get(accountKey);
      return (before?.etag ?? null) === etag
        ? put(accountKey, { claimedMs, seen: before?.seen ?? null })
        : null;
    },
    write: async (accountKey, under, seen) => {
      const isUnchanged = (stored.get(accountKey)?.etag ?? null) === (under?.etag ?? null);
      if (isUnchanged) put(accountKey, { claimedMs: under?.claimedMs ?? 0, seen });
      return isUnchanged;
    },
  };
}
