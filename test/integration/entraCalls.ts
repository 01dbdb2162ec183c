import { z } from 'zod';

const proofSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('secret'), secret: z.string() }),
  z.object({ by: z.literal('certificate'), certificate: z.string(), privateKey: z.string() }),
  /** The managed identity's token. */
  z.object({ by: z.literal('identity') }),
]);

const msal = { tenantId: z.string(), clientId: z.string(), proof: proofSchema };

/** What a test asks the process with the real SDKs to do. */
const entraCallSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('appToken'), ...msal, scope: z.string() }),
  z.object({ do: z.literal('refresh'), ...msal, refreshToken: z.string(), scope: z.string() }),
  z.object({ do: z.literal('authorizeUrl'), ...msal, redirectUri: z.string(), scope: z.string() }),
  z.object({
    ...{ do: z.literal('redeemCode'), ...msal, code: z.string(), verifier: z.string() },
    ...{ redirectUri: z.string(), scope: z.string() },
  }),
  z.object({ do: z.literal('identityToken'), scope: z.string() }),
]);

export type EntraCall = z.input<typeof entraCallSchema>;
export type ClientProofCall = z.infer<typeof proofSchema>;

/** A call on its way to the process. */
export const sentEntraCallSchema = z.object({ id: z.int(), call: entraCallSchema });

/** What came of it. */
export const entraResultSchema = z.object({
  id: z.int(),
  result: z.unknown().optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
});
