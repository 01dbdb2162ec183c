import { z } from 'zod';
import { parseRetryAfterInMs } from '../time/retryAfter.ts';
import type { SecretFailure } from './secretReader.ts';

/** A failed read: what to tell, and what to do about it. */
export interface VaultFault {
  readonly failure: SecretFailure;
  /** Whether the same read may succeed in a moment. */
  readonly isTransient: boolean;
  /** As the vault asked for it; null where it did not. */
  readonly retryAfterInMs: number | null;
}

/** What the SDK's `RestError` carries; nothing of its message is used, which quotes the vault. */
const restErrorSchema = z.object({
  statusCode: z.number().optional(),
  details: z.unknown().optional(),
  // Of an identity that gave no token: what its endpoint answered.
  cause: z.object({ status: z.number().optional() }).optional().catch(undefined),
  response: z
    .object({ headers: z.custom<{ get(name: string): string | undefined }>(hasGet).optional() })
    .optional(),
});

const disabledSchema = z.object({
  error: z.object({ innerError: z.object({ code: z.literal('SecretDisabled') }) }),
});

const signInErrors = new Set([
  'CredentialUnavailableError',
  'AuthenticationError',
  'AuthenticationRequiredError',
]);

const deeds = {
  read: { done: 'read', role: 'Key Vault Secrets User' },
  write: { done: 'written', role: 'Key Vault Secrets Officer' },
} as const;

/** Tells a failed read, or write, of the secret `name` apart by what a person has to do. Pure. */
export function explainVaultError(
  error: unknown,
  name: string,
  nowMs: number,
  deed: keyof typeof deeds = 'read',
): VaultFault {
  const { done, role } = deeds[deed];
  const rest = restErrorSchema.safeParse(error).data ?? {};
  const errorName = error instanceof Error ? error.name : 'unknown error';
  const identityStatus = rest.cause?.status ?? null;
  if (signInErrors.has(errorName) && identityStatus !== null && identityStatus !== 400) {
    const message = `the managed identity gave no token for Key Vault now (HTTP ${identityStatus}), so ${name} could not be ${done}`;
    return { failure: { code: 'vault_unavailable', message }, isTransient: true, retryAfterInMs: null };
  }
  if (signInErrors.has(errorName)) {
    return lasting(
      'vault_unavailable',
      `the managed identity gave no token for Key Vault (${errorName}), so ${name} could not be ${done}; check that the identity is assigned to the app and that AZURE_CLIENT_ID names it`,
    );
  }
  switch (rest.statusCode) {
    case 401:
      return lasting(
        'vault_unauthorized',
        `the vault refused the identity's token when ${name} was ${done} (401)`,
      );
    case 403:
      return lasting(
        'secret_forbidden',
        disabledSchema.safeParse(rest.details).success
          ? `the latest version of the secret ${name} is disabled`
          : `the app's identity may not ${deed} the secret ${name} (403); give it the role ${role} and see that the vault's firewall lets the app in`,
      );
    case 404:
      return lasting('secret_not_found', `there is no secret ${name} in the vault, or it has been deleted`);
    case 429: {
      const header = rest.response?.headers?.get('retry-after') ?? null;
      return {
        failure: { code: 'vault_throttled', message: 'the vault is throttled (429)' },
        isTransient: false,
        retryAfterInMs: parseRetryAfterInMs(header, nowMs),
      };
    }
    default: {
      const what = rest.statusCode === undefined ? errorName : String(rest.statusCode);
      const failure = {
        code: 'vault_unavailable',
        message: `the vault could not be asked for ${name} (${what})`,
      } as const;
      return { failure, isTransient: true, retryAfterInMs: null };
    }
  }
}

function lasting(code: SecretFailure['code'], message: string): VaultFault {
  return { failure: { code, message }, isTransient: false, retryAfterInMs: null };
}

function hasGet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}
