import type { OutgoingHttpHeaders } from 'node:http';

/** One answer of the vault; a null body is none. */
export interface KeyVaultAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** An error as Key Vault writes it. Source: Microsoft Learn, "Azure Key Vault REST API error codes". */
export function refusal(options: {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly innerCode?: string;
  readonly headers?: OutgoingHttpHeaders;
}): KeyVaultAnswer {
  const { status, code, message, innerCode, headers = {} } = options;
  const inner = innerCode === undefined ? {} : { innererror: { code: innerCode } };
  return { status, headers, body: { error: { code, message, ...inner } } };
}

export function badParameter(message: string): KeyVaultAnswer {
  return refusal({ status: 400, code: 'BadParameter', message });
}

export function secretNotFound(name: string): KeyVaultAnswer {
  return refusal({
    ...{ status: 404, code: 'SecretNotFound' },
    message: `A secret with (name/id) ${name} was not found in this key vault.`,
  });
}

export function forbidden(): KeyVaultAnswer {
  return refusal({
    ...{ status: 403, code: 'Forbidden', innerCode: 'ForbiddenByRbac' },
    message: 'Caller is not authorized to perform action on resource.',
  });
}
