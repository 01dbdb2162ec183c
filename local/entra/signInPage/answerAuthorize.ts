import { randomBytes, randomUUID } from 'node:crypto';
import { consentKey, type DirectoryState, type User } from '../directory/directoryState.ts';
import { describeRefusal, type EntraRefusal, refuse } from '../entraRefusal.ts';
import type { EntraAnswer } from '../http/entraAnswer.ts';
import { type AuthorizeRequest, type RedirectTarget, readAuthorizeRequest } from './authorizeRequest.ts';
import { renderFormPost, renderRefusalPage, renderSignInPage } from './renderPage.ts';

/** Shows the sign-in page for an authorization request. */
export function showSignIn(query: string, tenantId: string, state: DirectoryState): EntraAnswer {
  return forRequest(query, tenantId, state, (request) =>
    choicePage({ request, query, state, problem: null }),
  );
}

/** Takes what the user chose on the page, and sends the code, or the refusal, back to the app. */
export function takeDecision(
  body: URLSearchParams,
  tenantId: string,
  { state, nowMs }: { state: DirectoryState; nowMs: () => number },
): EntraAnswer {
  const query = body.get('request') ?? '';
  return forRequest(query, tenantId, state, (request) => {
    const user = state.users.get((body.get('user') ?? '').toLowerCase());
    if (user === undefined || user.tenantId !== tenantId) {
      const problem = describeRefusal(refuse(50020, 'Choose another user.')).description;
      return choicePage({ request, query, state, problem });
    }
    if (body.get('decision') !== 'accept') {
      return sendBack(request.redirect, refusalFields(refuse(65004)));
    }
    const code = keepCode(request, user, state, nowMs());
    return sendBack(request.redirect, { code, session_state: randomUUID() });
  });
}

function forRequest(
  query: string,
  tenantId: string,
  state: DirectoryState,
  answer: (request: AuthorizeRequest) => EntraAnswer,
): EntraAnswer {
  const verdict = readAuthorizeRequest(new URLSearchParams(query), tenantId, state);
  switch (verdict.kind) {
    case 'asks':
      return answer(verdict.request);
    case 'shown':
      return {
        ...{ kind: 'page', status: 400 },
        html: renderRefusalPage(describeRefusal(verdict.refusal).description),
      };
    case 'sentBack':
      return sendBack(verdict.redirect, refusalFields(verdict.refusal));
  }
}

function choicePage(options: {
  request: AuthorizeRequest;
  query: string;
  state: DirectoryState;
  problem: string | null;
}): EntraAnswer {
  const { state, ...shown } = options;
  const html = renderSignInPage({ ...shown, users: [...state.users.values()] });
  return { kind: 'page', status: 200, html };
}

function keepCode(
  { app, tenantId, wanted, redirect, codeChallenge, nonce }: AuthorizeRequest,
  { userName, mfa }: User,
  state: DirectoryState,
  nowMs: number,
): string {
  state.consents.add(consentKey(app.clientId, userName));
  const code = `1.${randomBytes(48).toString('base64url')}`;
  state.codes.set(code, {
    grant: {
      ...{ clientId: app.clientId, userName, tenantId, mfa, issuedAtMs: nowMs, sessionId: randomUUID() },
      ...{ resource: wanted.resource ?? '', scopes: wanted.scopes, offline: wanted.offline },
    },
    ...{ redirectUri: redirect.uri, codeChallenge, nonce, redeemed: false },
  });
  return code;
}

function refusalFields(refusal: EntraRefusal): Readonly<Record<string, string>> {
  const { error, description } = describeRefusal(refusal);
  return { error, error_description: description };
}

function sendBack(target: RedirectTarget, fields: Readonly<Record<string, string>>): EntraAnswer {
  const all = target.state === null ? fields : { ...fields, state: target.state };
  if (target.mode === 'form_post') {
    return { kind: 'page', status: 200, html: renderFormPost(target, all) };
  }
  const location = new URL(target.uri);
  for (const [name, value] of Object.entries(all)) {
    location.searchParams.set(name, value);
  }
  return { kind: 'redirect', location: location.href };
}
