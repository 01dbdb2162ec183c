import { randomBytes } from 'node:crypto';

/** What can be said of a version beside its value; times in epoch seconds as Key Vault keeps them. */
interface VersionAttributes {
  readonly enabled?: boolean | undefined;
  readonly nbf?: number | undefined;
  readonly exp?: number | undefined;
}

/** What a caller may set or change. */
interface VersionDetails {
  readonly attributes?: VersionAttributes | undefined;
  readonly contentType?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface SecretVersion extends VersionDetails {
  readonly version: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Secret {
  /** As it was first written; Key Vault's names ignore case. */
  readonly name: string;
  /** Oldest first, never empty. */
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
  readonly deletedAtMs: number | null;
}

/** The secrets of one vault, in memory. */
export interface SecretStore {
  /** By name; the deleted ones only where they are asked for. */
  all(): readonly Secret[];
  find(name: string): Secret | null;
  findDeleted(name: string): Secret | null;
  /** A new version, or null where a deleted secret still has the name. */
  set(name: string, value: string, details: VersionDetails): SecretVersion | null;
  /** Changes what is given and leaves the rest; null where there is no such version. */
  update(name: string, version: string, details: VersionDetails): SecretVersion | null;
  /** Marks it deleted; null where there is none. */
  remove(name: string): Secret | null;
  recover(name: string): Secret | null;
  /** Whether there was one to purge. */
  purge(name: string): boolean;
}

export function createSecretStore(nowMs: () => number): SecretStore {
  const secrets = new Map<string, Secret>();
  const keyOf = (name: string) => name.toLowerCase();
  const keep = (secret: Secret) => {
    secrets.set(keyOf(secret.name), secret);
    return secret;
  };
  const find = (name: string) => {
    const secret = secrets.get(keyOf(name));
    return secret === undefined || secret.deletedAtMs !== null ? null : secret;
  };
  const findDeleted = (name: string) => {
    const secret = secrets.get(keyOf(name));
    return secret === undefined || secret.deletedAtMs === null ? null : secret;
  };
  return {
    all: () => [...secrets.values()].filter(({ deletedAtMs }) => deletedAtMs === null),
    find,
    findDeleted,
    set: (name, value, details) => {
      if (findDeleted(name) !== null) {
        return null;
      }
      const made = newVersion(value, details, nowMs());
      const known = find(name);
      keep(
        known === null
          ? { name, versions: [made], deletedAtMs: null }
          : { ...known, versions: [...known.versions, made] },
      );
      return made;
    },
    update: (name, version, details) => {
      const secret = find(name);
      const known = secret?.versions.find((one) => one.version === version);
      if (secret === null || known === undefined) {
        return null;
      }
      const changed = changedVersion(known, details, nowMs());
      const [first, ...rest] = secret.versions;
      const swap = (one: SecretVersion) => (one === known ? changed : one);
      keep({ ...secret, versions: [swap(first), ...rest.map(swap)] });
      return changed;
    },
    remove: (name) => {
      const secret = find(name);
      return secret === null ? null : keep({ ...secret, deletedAtMs: nowMs() });
    },
    recover: (name) => {
      const secret = findDeleted(name);
      return secret === null ? null : keep({ ...secret, deletedAtMs: null });
    },
    purge: (name) => findDeleted(name) !== null && secrets.delete(keyOf(name)),
  };
}

/** The version that a request without one means: the newest, even a disabled one. */
export function latestOf(secret: Secret): SecretVersion {
  return secret.versions.at(-1) ?? secret.versions[0];
}

function newVersion(value: string, details: VersionDetails, nowMs: number): SecretVersion {
  return {
    ...details,
    value,
    version: randomBytes(16).toString('hex'),
    enabled: details.attributes?.enabled ?? true,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

function changedVersion(known: SecretVersion, details: VersionDetails, nowMs: number): SecretVersion {
  return {
    ...known,
    contentType: details.contentType ?? known.contentType,
    tags: details.tags ?? known.tags,
    attributes: {
      nbf: details.attributes?.nbf ?? known.attributes?.nbf,
      exp: details.attributes?.exp ?? known.attributes?.exp,
    },
    enabled: details.attributes?.enabled ?? known.enabled,
    updatedAtMs: nowMs,
  };
}
