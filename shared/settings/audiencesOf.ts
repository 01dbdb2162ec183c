/** A client id or an identifier URI, as an app registration may have it. */
export const AUDIENCE =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:api|https?):\/\/[\x21-\x7e]{1,250}|urn:[\x21-\x7e]{1,250})$/i;

/**
 * What `aud` may be in tokens for an app: where it is named by its client id, the id (tokens of version 2) and the
 * identifier URI that Azure proposes (version 1), and the other way round. Another URI stands for itself. Pure.
 */
export function audiencesOf(audience: string): readonly string[] {
  const id = /^(?:api:\/\/)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(audience)?.[1]?.toLowerCase();
  return id === undefined ? [audience] : [id, `api://${id}`];
}
