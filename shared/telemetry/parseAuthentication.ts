/** How the ingestion is to be spoken to. */
export interface IngestionAuthentication {
  /** By a token of the managed identity; else the instrumentation key alone opens it. */
  readonly byEntra: boolean;
  /** The user-assigned identity; null for the one of `AZURE_CLIENT_ID` or the system-assigned one. */
  readonly clientId: string | null;
}

/**
 * Reads `APPLICATIONINSIGHTS_AUTHENTICATION_STRING`, e.g. `Authorization=AAD;ClientId=UUID`, which the host reads too.
 * Source: Microsoft Learn, "App settings reference for Azure Functions". Pure.
 */
export function parseAuthentication(text: string | null): IngestionAuthentication {
  const pairs = new Map(
    (text ?? '').split(';').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()] as const;
    }),
  );
  const clientId = pairs.get('clientid') ?? '';
  return {
    byEntra: pairs.get('authorization')?.toUpperCase() === 'AAD',
    clientId: clientId === '' ? null : clientId,
  };
}
