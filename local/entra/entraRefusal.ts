import { randomUUID } from 'node:crypto';

/** Why Entra says no: one of its codes, and what its text names. */
export interface EntraRefusal {
  readonly code: EntraCode;
  /** Goes into the text behind the code's own sentence. */
  readonly detail: string;
}

type Kind = readonly [error: string, text: string, suberror?: string];

// The texts of Entra in short. Source: Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
const codes = {
  16000: ['interaction_required', 'User account selection is required.'],
  28000: ['invalid_scope', 'The scope contains more than one resource.'],
  50011: ['invalid_request', 'The redirect URI does not match the redirect URIs configured for the app.'],
  50020: ['invalid_grant', 'The user account does not exist in this tenant.'],
  50034: ['invalid_grant', 'The user account does not exist in the directory.'],
  50027: ['invalid_client', 'The JWT token is invalid or malformed.'],
  50053: ['invalid_grant', 'The account is locked.'],
  50057: ['invalid_grant', 'The user account is disabled.'],
  50076: [
    'interaction_required',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
    'basic_action',
  ],
  50079: [
    'interaction_required',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.',
    'basic_action',
  ],
  50072: ['interaction_required', 'User needs to enroll for second factor authentication.', 'basic_action'],
  50074: ['interaction_required', 'Strong authentication is required.', 'basic_action'],
  50078: ['interaction_required', 'Presented multi-factor authentication has expired.', 'basic_action'],
  50089: ['invalid_grant', 'Authentication failed due to flow token expired.', 'token_expired'],
  50132: [
    'invalid_grant',
    'The session is not valid due to a password expiration or recent password change.',
  ],
  50133: ['invalid_grant', 'Session is invalid due to expiration or recent password change.', 'bad_token'],
  50173: [
    'invalid_grant',
    'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    'bad_token',
  ],
  53000: ['interaction_required', 'Device is not in required device state.', 'message_only'],
  53003: ['access_denied', 'Access has been blocked by Conditional Access policies.', 'message_only'],
  54005: ['invalid_grant', 'OAuth2 Authorization code was already redeemed.'],
  65001: [
    'invalid_grant',
    'The user or administrator has not consented to use the application.',
    'consent_required',
  ],
  65004: ['access_denied', 'User declined to consent to access the app.'],
  70000: ['invalid_grant', 'The provided value for the input parameter is not valid.'],
  70003: ['unsupported_grant_type', 'The app requested an unsupported grant type.'],
  70008: ['invalid_grant', 'The provided authorization code or refresh token has expired due to inactivity.'],
  70002: ['invalid_client', 'Error validating credentials.'],
  70021: ['invalid_client', 'No matching federated identity record found for presented assertion.'],
  70043: [
    'invalid_grant',
    'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
    'bad_token',
  ],
  70044: ['interaction_required', 'The session has expired due to sign-in frequency checks.'],
  70046: ['interaction_required', 'The session has expired due to reauthentication checks.'],
  70011: ['invalid_scope', 'The provided value for the input parameter scope is not valid.'],
  70025: ['invalid_client', 'The client has no configured federated identity credentials.'],
  90002: ['invalid_request', 'Tenant not found.'],
  90033: ['temporarily_unavailable', 'A transient error has occurred.'],
  90055: ['invalid_request', 'Too many requests.'],
  500011: ['invalid_resource', 'The resource principal was not found in the tenant.'],
  500112: ['invalid_grant', 'The reply address does not match the one of the authorization request.'],
  501481: [
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge of the authorization request.',
  ],
  700005: ['invalid_grant', 'The provided grant is intended for another client.'],
  700016: ['unauthorized_client', 'Application was not found in the directory.'],
  700021: ['invalid_client', "Client assertion application identifier doesn't match 'client_id' parameter."],
  700023: ['invalid_client', 'Client assertion audience claim does not match Realm issuer.'],
  700024: ['invalid_client', 'Client assertion is not within its valid time range.'],
  700027: ['invalid_client', 'Client assertion failed signature validation.'],
  700051: ['unsupported_response_type', 'The response type is not enabled for the application.'],
  700030: ['invalid_client', 'Invalid certificate: the subject name is not authorized.'],
  700081: [
    'invalid_grant',
    'The refresh token has expired due to maximum lifetime. The token was issued on 2026-01-01T00:00:00Z and the maximum allowed lifetime for this application is 90.00:00:00.',
    'token_expired',
  ],
  700084: [
    'invalid_grant',
    'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
    'token_expired',
  ],
  700082: ['invalid_grant', 'The refresh token has expired due to inactivity.', 'bad_token'],
  700211: ['invalid_client', 'No matching federated identity record found for presented assertion issuer.'],
  700212: ['invalid_client', 'No matching federated identity record found for presented assertion audience.'],
  700213: ['invalid_client', 'No matching federated identity record found for presented assertion subject.'],
  700223: ['invalid_client', 'The federated credential is disabled.'],
  900023: ['invalid_request', 'Specified tenant identifier is neither a valid DNS name nor a valid domain.'],
  // Numbers that mean nothing to anybody yet: the OAuth error beside them has to do.
  990001: ['invalid_grant', 'Something new ended the token.', 'bad_token'],
  990002: ['invalid_grant', 'Something new let the token expire.', 'token_expired'],
  990003: ['interaction_required', 'Something new wants the user.', 'additional_action'],
  990004: ['invalid_grant', 'Something new is not consented.', 'consent_required'],
  990005: ['temporarily_unavailable', 'Something new passes.'],
  990006: ['invalid_grant', 'Something new.'],
  900144: ['invalid_request', 'The request body must contain a parameter that is missing.'],
  7000215: ['invalid_client', 'Invalid client secret provided.'],
  7000218: [
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ],
  7000222: ['invalid_client', 'The provided client secret keys are expired.'],
  9002313: ['invalid_grant', 'Invalid request. Request is malformed or invalid.'],
} as const satisfies Record<number, Kind>;

/** The AADSTS numbers that this Entra answers with. */
export type EntraCode = keyof typeof codes;

/** Whether the number is one of them. */
export function isEntraCode(code: number): code is EntraCode {
  return code in codes;
}

export function refuse(code: EntraCode, detail = ''): EntraRefusal {
  return { code, detail };
}

/** RFC 6749, 5.2: who could not prove to be the client gets 401. */
export function statusOf({ code }: EntraRefusal): 400 | 401 {
  return codes[code][0] === 'invalid_client' ? 401 : 400;
}

/** What the redirect and the page say. */
export function describeRefusal({ code, detail }: EntraRefusal): { error: string; description: string } {
  const kind: Kind = codes[code];
  return { error: kind[0], description: `AADSTS${code}: ${kind[1]}${detail === '' ? '' : ` ${detail}`}` };
}

/** The body as the token endpoint writes it. Source: Microsoft Learn, "OAuth 2.0 authorization code flow", errors. */
export function refusalBody(
  refusal: EntraRefusal,
  context: { correlationId: string | undefined; nowMs: number; url: string },
): Readonly<Record<string, unknown>> {
  const { error, description } = describeRefusal(refusal);
  const traceId = randomUUID();
  const correlationId = context.correlationId ?? randomUUID();
  const timestamp = new Date(context.nowMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const kind: Kind = codes[refusal.code];
  return {
    error,
    error_description: `${description} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${context.url}/error?code=${refusal.code}`,
    ...(kind[2] === undefined ? {} : { suberror: kind[2] }),
  };
}
