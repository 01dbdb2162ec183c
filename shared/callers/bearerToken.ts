/** Longer than any token of Entra's, which lists no more than 200 groups. */
const MAX_TOKEN_LENGTH = 12_288;

/**
 * The token of an `Authorization` header: exactly one, of the three parts of a signed JWT, and from nowhere else (a query
 * stands in logs). Two headers arrive joined by a comma, and are none. Source: RFC 6750, 2.1. Pure.
 */
export function readBearerToken(authorization: string | null): string | 'none' | 'malformed' {
  if (authorization === null || authorization.trim() === '') return 'none';
  if (authorization.length > MAX_TOKEN_LENGTH) return 'malformed';
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization)?.[1];
  return token ?? 'malformed';
}
