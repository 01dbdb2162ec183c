import type { TokenCredential } from '@azure/identity';
import type { SecretClient } from '@azure/keyvault-secrets';

/** What the vault says of a version beside its value. */
interface SecretFacts {
  readonly createdAtMs: number | null;
  /** When whoever wrote it meant it to end; null where nobody said. */
  readonly expiresAtMs: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** A value as the vault handed it out. */
export interface FetchedSecret {
  readonly value: string;
  readonly version: string;
  readonly facts: SecretFacts;
}

/** Reads the latest version once; throws what the library throws. */
export type FetchSecret = (name: string, signal: AbortSignal) => Promise<FetchedSecret>;

/**
 * The client of the vault at `vaultUrl`, made and its SDK loaded at the first call; one per vault, because it keeps the
 * vault's challenge and token. It does not retry: the SDK would wait out any `Retry-After`, however long.
 */
export function openVault(
  vaultUrl: string,
  credential: () => Promise<TokenCredential>,
): () => Promise<SecretClient> {
  let opened: Promise<SecretClient> | null = null;
  const open = async () => {
    const [{ SecretClient }, signIn] = await Promise.all([import('@azure/keyvault-secrets'), credential()]);
    return new SecretClient(vaultUrl, signIn, { retryOptions: { maxRetries: 0 } });
  };
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}

/** Reads through that client. */
export function fetchFromVault(vault: () => Promise<SecretClient>): FetchSecret {
  return async (name, signal) => {
    const { value = '', properties } = await (await vault()).getSecret(name, { abortSignal: signal });
    const { version = '', createdOn, expiresOn, tags } = properties;
    const facts = {
      createdAtMs: createdOn?.getTime() ?? null,
      expiresAtMs: expiresOn?.getTime() ?? null,
      tags: tags ?? {},
    };
    return { value, version, facts };
  };
}
