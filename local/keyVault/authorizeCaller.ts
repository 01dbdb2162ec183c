import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import { type KeyVaultAnswer, refusal } from './keyVaultAnswer.ts';

/** Who may come in. */
export interface Admission {
  readonly issuer: Pick<TokenIssuer, 'verify'>;
  /** The audience of a token: the domain above the vault, as clients check. */
  readonly resource: string;
  /** Where a token is to be got, the tenant at its end. */
  readonly authorization: string;
  readonly tenantId: string;
  readonly nowMs: () => number;
}

export type CallerVerdict =
  | { readonly ok: true; readonly clientId: string }
  | { readonly ok: false; readonly answer: KeyVaultAnswer };

/** Lets in whoever has the tenant's token for Key Vault; challenges everybody else, as the real one does. */
export async function authorizeCaller(
  header: string | undefined,
  admission: Admission,
): Promise<CallerVerdict> {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    return challenge('AKV10000: Request is missing a Bearer or PoP token.', admission);
  }
  const verdict = await admission.issuer.verify(token, {
    audience: admission.resource,
    nowMs: admission.nowMs(),
  });
  if (!verdict.ok) {
    return challenge(`The token is refused: ${verdict.reason}.`, admission);
  }
  if (verdict.principal.tenantId !== admission.tenantId.toLowerCase()) {
    return challenge('AKV10032: Invalid issuer.', admission);
  }
  return { ok: true, clientId: verdict.principal.clientId };
}

/** Source: Microsoft Learn, "Authentication, requests and responses" of Key Vault. */
function challenge(message: string, { authorization, resource }: Admission): CallerVerdict {
  const header = `Bearer authorization="${authorization}", resource="${resource}"`;
  return {
    ok: false,
    answer: refusal({
      ...{ status: 401, code: 'Unauthorized', message },
      headers: { 'www-authenticate': header },
    }),
  };
}
