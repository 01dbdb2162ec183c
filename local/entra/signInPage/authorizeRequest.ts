import type { App, DirectoryState } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import { missing } from '../grants/grantRequest.ts';
import { parseScope, type WantedScope } from '../grants/wantedScope.ts';

/** What an app asks a user for. */
export interface AuthorizeRequest {
  readonly app: App;
  readonly tenantId: string;
  readonly redirect: RedirectTarget;
  readonly wanted: WantedScope;
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
}

/** Where the answer goes, and what goes back with it. */
export interface RedirectTarget {
  readonly uri: string;
  readonly mode: 'query' | 'form_post';
  readonly state: string | null;
}

export type AuthorizeVerdict =
  | { readonly kind: 'asks'; readonly request: AuthorizeRequest }
  /** Shown, never sent to an address that is not the app's (RFC 6749, 4.1.2.1). */
  | { readonly kind: 'shown'; readonly refusal: EntraRefusal }
  | { readonly kind: 'sentBack'; readonly refusal: EntraRefusal; readonly redirect: RedirectTarget };

/** Reads an authorization request. Source: Microsoft Learn, "OAuth 2.0 authorization code flow". */
export function readAuthorizeRequest(
  query: URLSearchParams,
  tenantId: string,
  state: DirectoryState,
): AuthorizeVerdict {
  const app = state.apps.get((query.get('client_id') ?? '').toLowerCase());
  const uri = query.get('redirect_uri');
  if (!state.tenantIds.has(tenantId)) {
    return { kind: 'shown', refusal: refuse(90002, `It is named '${tenantId}'.`) };
  }
  if (app === undefined || app.tenantId !== tenantId) {
    return { kind: 'shown', refusal: refuse(700016, `Its identifier is '${query.get('client_id') ?? ''}'.`) };
  }
  if (uri === null || !app.redirectUris.includes(uri)) {
    return { kind: 'shown', refusal: refuse(50011, `It is '${uri ?? ''}', the app '${app.clientId}'.`) };
  }
  const mode = query.get('response_mode') === 'form_post' ? 'form_post' : 'query';
  const redirect: RedirectTarget = { uri, mode, state: query.get('state') };
  const wanted = readWanted(query, state);
  return 'code' in wanted
    ? { kind: 'sentBack', refusal: wanted, redirect }
    : {
        kind: 'asks',
        request: {
          ...{ app, tenantId, redirect, wanted },
          nonce: query.get('nonce'),
          codeChallenge: query.get('code_challenge'),
        },
      };
}

function readWanted(query: URLSearchParams, state: DirectoryState): WantedScope | EntraRefusal {
  if (query.get('response_type') !== 'code') {
    return refuse(700051);
  }
  const method = query.get('code_challenge_method');
  if (query.has('code_challenge') && method !== 'S256') {
    return refuse(501481, 'Only the method S256 is served here.');
  }
  const scope = query.get('scope');
  if (scope === null) {
    return missing('scope');
  }
  const parsed = parseScope(scope, state);
  if (!parsed.ok) {
    return parsed.refusal;
  }
  return parsed.wanted.resource === null ? refuse(70011, 'A scope of a resource is missing.') : parsed.wanted;
}
