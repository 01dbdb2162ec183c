import { z } from 'zod';

/** What a test asks the process that has the service: `instance` names one of several that share the process. */
export const signInCallSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('compose'),
    instance: z.string(),
    environment: z.record(z.string(), z.string()),
  }),
  z.object({
    do: z.literal('token'),
    instance: z.string(),
    account: z.string().default('default'),
    force: z.boolean().default(false),
    times: z.int().default(1),
  }),
  z.object({ do: z.literal('tick'), instance: z.string() }),
  z.object({ do: z.literal('health'), instance: z.string(), query: z.string().default('deep=true') }),
  z.object({ do: z.literal('moveClock'), byInMs: z.number() }),
]);

export type SignInCall = z.input<typeof signInCallSchema>;

/** A call on its way to the process. */
export const sentSignInCallSchema = z.object({ id: z.int(), call: signInCallSchema });

/** What came of it. */
export const signInResultSchema = z.object({
  id: z.int(),
  result: z.unknown().optional(),
  error: z.string().optional(),
});

/** A tick as the test sees it. */
export const tickedSchema = z.object({
  run: z.object({
    status: z.string(),
    problems: z.array(z.object({ code: z.string(), account: z.string().nullable(), message: z.string() })),
    results: z.array(z.object({ account: z.string(), reportId: z.string(), outcome: z.string() })),
  }),
  lines: z.array(z.string()),
});

/** What a request for tokens came to: how many different ones, and the first. */
export const tokensSchema = z.object({
  distinct: z.int(),
  answer: z.union([
    z.object({ ok: z.literal(true), token: z.string() }),
    z.object({
      ok: z.literal(false),
      failure: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }),
    }),
  ]),
});

export const healthSchema = z.object({
  status: z.number(),
  body: z.looseObject({
    accounts: z.array(
      z.looseObject({
        account: z.string(),
        mode: z.string(),
        isOk: z.boolean(),
        code: z.string().nullable(),
        message: z.string().nullable(),
        isMfaCompliant: z.boolean().nullable(),
        refreshToken: z.record(z.string(), z.unknown()).nullable(),
        credentialEndsUtc: z.string().nullable(),
        warnings: z.array(z.object({ code: z.string(), message: z.string() })),
      }),
    ),
  }),
});
