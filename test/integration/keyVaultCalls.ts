import { z } from 'zod';

/** What a test asks the process that uses the vault to do: through the real SDK, or through the service's reader. */
export const vaultCallSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('get'), name: z.string(), version: z.string().optional() }),
  z.object({ do: z.literal('set'), name: z.string(), value: z.string() }),
  z.object({ do: z.literal('enable'), name: z.string(), version: z.string(), enabled: z.boolean() }),
  z.object({ do: z.literal('listVersions'), name: z.string() }),
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('delete'), name: z.string() }),
  z.object({ do: z.literal('getDeleted'), name: z.string() }),
  z.object({ do: z.literal('recover'), name: z.string() }),
  z.object({ do: z.literal('purge'), name: z.string() }),
  z.object({ do: z.literal('read'), name: z.string(), times: z.int().default(1) }),
  z.object({ do: z.literal('refresh'), name: z.string(), refusedVersion: z.string() }),
  z.object({ do: z.literal('moveClock'), byInMs: z.number() }),
  z.object({ do: z.literal('fetch'), path: z.string(), token: z.string() }),
  z.object({ do: z.literal('resolve'), name: z.string() }),
]);

export type VaultCall = z.input<typeof vaultCallSchema>;

/** A call on its way to the process. */
export const sentCallSchema = z.object({ id: z.int(), call: vaultCallSchema });

/** What came of it; an error tells what code could see of it. */
export const callResultSchema = z.object({
  id: z.int(),
  result: z.unknown().optional(),
  error: z
    .object({ name: z.string(), code: z.string().nullable(), statusCode: z.number().nullable() })
    .optional(),
});
