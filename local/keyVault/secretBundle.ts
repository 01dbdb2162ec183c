import type { Secret, SecretVersion } from './secretStore.ts';

type Json = Readonly<Record<string, unknown>>;

const retentionInDays = 90;
const dayInMs = 86_400_000;

/** A version as answers carry it, without its value. Absent members are left out by JSON. */
export function versionItem(vaultUrl: string, name: string, version: SecretVersion): Json {
  return {
    id: `${vaultUrl}/secrets/${name}/${version.version}`,
    attributes: attributesOf(version),
    contentType: version.contentType,
    tags: version.tags,
  };
}

/** A version with its value, as only get and set answer it. */
export function versionBundle(vaultUrl: string, name: string, version: SecretVersion): Json {
  return { value: version.value, ...versionItem(vaultUrl, name, version) };
}

/** A secret in the list of all: no version in its id. */
export function secretItem(vaultUrl: string, name: string, latest: SecretVersion): Json {
  return { ...versionItem(vaultUrl, name, latest), id: `${vaultUrl}/secrets/${name}` };
}

/** A deleted secret: what it was, where it is recovered from, and when it is gone for good. */
export function deletedItem(vaultUrl: string, secret: Secret, latest: SecretVersion): Json {
  const deletedAtMs = secret.deletedAtMs ?? 0;
  return {
    ...versionItem(vaultUrl, secret.name, latest),
    recoveryId: `${vaultUrl}/deletedsecrets/${secret.name}`,
    deletedDate: inSeconds(deletedAtMs),
    scheduledPurgeDate: inSeconds(deletedAtMs + retentionInDays * dayInMs),
  };
}

function attributesOf(version: SecretVersion): Json {
  return {
    enabled: version.enabled,
    nbf: version.attributes?.nbf,
    exp: version.attributes?.exp,
    created: inSeconds(version.createdAtMs),
    updated: inSeconds(version.updatedAtMs),
    recoveryLevel: 'Recoverable+Purgeable',
    recoverableDays: retentionInDays,
  };
}

function inSeconds(atMs: number): number {
  return Math.floor(atMs / 1000);
}
