/**
 * The names under which the local cloud serves what only takes TLS. Each stands in a certificate by itself, because no
 * client takes a wildcard right under `.localhost`.
 */
export const HOST_NAMES = {
  /** Entra's sign-in endpoints. */
  login: ['login.localhost'],
  /** The resource that tokens are for, and every vault. */
  vault: ['vault.localhost', '*.vault.localhost'],
  /** Application Insights' ingestion. */
  ingest: ['ingest.localhost'],
} as const;
