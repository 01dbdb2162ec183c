import type { SwaggerDocument } from './swagger.ts';

/** How callers prove themselves, as the document tells it. */
export interface Security {
  readonly definitions: SwaggerDocument['securityDefinitions'];
  readonly required: SwaggerDocument['security'];
  /** The statuses by which callers are refused. */
  readonly refusals: readonly number[];
}

/** Function keys, which Azure Functions checks. */
export const keySecurity: Security = {
  definitions: {
    functionKey: {
      type: 'apiKey',
      in: 'header',
      name: 'x-functions-key',
      description: 'A function key or host key of the function app.',
    },
  },
  required: [{ functionKey: [] }],
  refusals: [401],
};

/**
 * Tokens of Entra, which the app checks itself. Scopes open no door, roles do; the scope asks for all of them.
 * Source: "OAuth 2.0 authorization code flow" of the Microsoft identity platform.
 */
export function entraSecurity({
  authorityHost,
  tenantId,
  audiences,
}: {
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly audiences: readonly string[];
}): Security {
  const scope = `${audiences.find((audience) => audience.includes(':')) ?? audiences[0]}/.default`;
  const endpoint = `${authorityHost}/${tenantId}/oauth2/v2.0`;
  return {
    definitions: {
      entra: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: `${endpoint}/authorize`,
        tokenUrl: `${endpoint}/token`,
        scopes: { [scope]: 'Use the app, with the roles that the caller has.' },
        description: 'An access token of the app; its roles say which doors it opens.',
      },
    },
    required: [{ entra: [scope] }],
    refusals: [401, 403, 500, 503],
  };
}
