import type { JSONWebKeySet } from 'jose';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import { redeemCode } from '../grants/authorizationCode.ts';
import { grantToApp } from '../grants/clientCredentials.ts';
import {
  type GrantAnswer,
  type GrantParts,
  type GrantRequest,
  missing,
  refused,
} from '../grants/grantRequest.ts';
import { redeemRefreshToken } from '../grants/refreshToken.ts';
import { type ProofKind, proveClient } from '../proof/clientProof.ts';
import type { FoundEndpoint } from './findEndpoint.ts';
import type { TokenForm } from './tokenForm.ts';

/** What the token endpoint works with. */
export interface TokenParts extends GrantParts {
  readonly url: string;
  readonly keySet: JSONWebKeySet;
}

/** What came of a token request, and how the client proved itself, where it could. */
export interface TokenOutcome {
  readonly answer: GrantAnswer;
  readonly clientProof: ProofKind | null;
}

type Grant = (request: GrantRequest, parts: GrantParts) => Promise<GrantAnswer>;

const grants: Readonly<Partial<Record<string, Grant>>> = {
  client_credentials: grantToApp,
  refresh_token: redeemRefreshToken,
  authorization_code: redeemCode,
};

/** Answers a token request: the app, its proof, then the grant. */
export async function answerToken(
  form: TokenForm,
  { tenant: tenantId, version }: FoundEndpoint,
  parts: TokenParts,
): Promise<TokenOutcome> {
  const { state, url } = parts;
  const clientId = form.get('client_id');
  const grantType = form.get('grant_type');
  if (!state.tenantIds.has(tenantId)) {
    return unproven(refuse(90002, `It is named '${tenantId}'.`));
  }
  if (clientId === null || grantType === null) {
    return unproven(missing(clientId === null ? 'client_id' : 'grant_type'));
  }
  const app = state.apps.get(clientId.toLowerCase());
  if (app === undefined || app.tenantId !== tenantId) {
    return unproven(refuse(700016, `Its identifier is '${clientId}', the directory '${tenantId}'.`));
  }
  const base = `${url}/${tenantId}`;
  const proof = await proveClient(form, {
    app,
    audiences: [`${base}/oauth2/v2.0/token`, `${base}/oauth2/token`, `${base}/v2.0`],
    nowMs: parts.nowMs(),
    keySet: parts.keySet,
  });
  if (!proof.ok) {
    return unproven(proof.refusal);
  }
  const grant = grants[grantType];
  const answer =
    grant === undefined
      ? refused(refuse(70003, `It is '${grantType}'.`))
      : await grant({ form, app, tenantId, version }, parts);
  return { answer, clientProof: proof.kind };
}

function unproven(refusal: EntraRefusal): TokenOutcome {
  return { answer: refused(refusal), clientProof: null };
}
