import { z } from 'zod';
import { insightsAudience } from '../authorize.ts';
import type { Emulator } from '../emulator.ts';
import { DEFAULT_TENANT_ID, idSchema } from '../model/report.ts';

const tokenSchema = z.strictObject({
  kind: z.enum(['app', 'user']).default('app'),
  mfa: z.boolean().default(false),
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  clientId: z.string().default('22222222-2222-4222-8222-222222222222'),
  userName: z.string().default('reports@partner.example'),
  /** May be negative, for a token that has expired. */
  lifetimeInSeconds: z.int().default(3599),
  audience: z.string().default(insightsAudience),
});

/** A signed token that the emulator accepts, or does not, as asked for. @throws ZodError */
export async function issueToken(
  { issuer, world, systemNowMs }: Emulator,
  body: unknown,
): Promise<{ token: string }> {
  const { userName, ...request } = tokenSchema.parse(body ?? {});
  const issuedAtMs = world.policies.tokenExpiryClock === 'system' ? systemNowMs() : world.clock.nowMs();
  return {
    token: await issuer.issue({
      ...request,
      userName: request.kind === 'user' ? userName : null,
      issuedAtMs,
    }),
  };
}
