import type { SecretClient } from '@azure/keyvault-secrets';

/** A version of a secret, without its value. */
interface SecretVersionFacts {
  readonly version: string;
  readonly isEnabled: boolean;
  readonly createdAtMs: number;
}

/** Changes secrets of one vault. Each call throws what the library throws; repeating one does no harm. */
export interface SecretWriter {
  /** Adds a version, and gives its id. */
  set(
    name: string,
    secret: { readonly value: string; readonly tags: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<string>;
  /** All versions, in no order. */
  versions(name: string, signal: AbortSignal): Promise<readonly SecretVersionFacts[]>;
  /** The version can no longer be read; its value is kept. */
  disable(name: string, version: string, signal: AbortSignal): Promise<void>;
}

/** Writes through the client of a vault. */
export function createSecretWriter(vault: () => Promise<SecretClient>): SecretWriter {
  return {
    set: async (name, { value, tags }, signal) => {
      const client = await vault();
      const { properties } = await client.setSecret(name, value, {
        tags: { ...tags },
        contentType: 'text/plain',
        abortSignal: signal,
      });
      return properties.version ?? '';
    },
    versions: async (name, signal) => {
      const client = await vault();
      const found: SecretVersionFacts[] = [];
      for await (const one of client.listPropertiesOfSecretVersions(name, { abortSignal: signal })) {
        found.push({
          version: one.version ?? '',
          isEnabled: one.enabled ?? true,
          createdAtMs: one.createdOn?.getTime() ?? 0,
        });
      }
      return found;
    },
    disable: async (name, version, signal) => {
      const client = await vault();
      await client.updateSecretProperties(name, version, { enabled: false, abortSignal: signal });
    },
  };
}
