import { z } from 'zod';
import { clouds } from '../signIn/clouds.ts';
import { nameField } from '../windows/windowFields.ts';
import { jsonPointer, tame } from '../windows/windowProblem.ts';

/** The most accounts one app may have. */
const MAX_ACCOUNTS = 10_000;

const MAX_PROBLEMS = 50;

const uuid = z.guid('must be a UUID');

/** The name of a secret in Key Vault. */
export const secretNameField = z
  .string('must be the name of a Key Vault secret')
  .regex(/^[A-Za-z0-9-]{1,127}$/, 'must be the name of a Key Vault secret: 1 to 127 letters, digits and "-"');

const signInField = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('managedIdentity') }),
    z.strictObject({ mode: z.literal('federatedApp'), clientId: uuid }),
    z
      .strictObject({
        mode: z.literal('secureApp'),
        clientId: uuid,
        certificateName: secretNameField.optional(),
        secretName: secretNameField.optional(),
        refreshTokenSecret: secretNameField.optional(),
      })
      .refine((given) => given.certificateName === undefined || given.secretName === undefined, {
        error: 'must name certificateName or secretName, not both',
      }),
  ],
  'must be {"mode": "managedIdentity" | "federatedApp" | "secureApp", …}',
);

/** One account as it is written in `ACCOUNTS`. */
const accountField = z
  .strictObject(
    {
      name: nameField,
      tenantId: uuid,
      surface: z.enum(['mpn', 'cmp'], 'must be mpn or cmp'),
      version: z.enum(['v1', 'v1.1'], 'must be v1 or v1.1').optional(),
      cloud: z
        .enum(['public', 'usGovernment', 'china'], `must be one of ${Object.keys(clouds).join(', ')}`)
        .optional(),
      baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
      maxConcurrency: z
        .int('must be a whole number')
        .min(1, 'must be 1 to 64')
        .max(64, 'must be 1 to 64')
        .optional(),
      callsPerSecond: z
        .number('must be a number')
        .min(0.1, 'must be 0.1 to 1000')
        .max(1_000, 'must be 0.1 to 1000')
        .optional(),
      signIn: signInField,
    },
    'must be an object {"name": …, "tenantId": …, "surface": …, "signIn": {…}}',
  )
  .refine(({ surface, version }) => surface === 'cmp' || version !== 'v1.1', {
    error: 'must be v1 for mpn: there is no v1.1 of it',
    path: ['version'],
  })
  .refine(({ baseUrl, version }) => baseUrl === undefined || version === undefined, {
    error: 'must be left out where baseUrl says it',
    path: ['version'],
  })
  .refine(
    ({ baseUrl, surface }) => baseUrl === undefined || baseUrl.replace(/\/$/, '').endsWith(`/${surface}`),
    {
      error: 'must end with the surface of the account, /mpn or /cmp',
      path: ['baseUrl'],
    },
  );

/** An account of the list, its fields checked one by one and not yet against the others. */
export type AccountInput = z.output<typeof accountField>;

const accountList = z
  .array(accountField, 'must be a JSON array of accounts')
  .min(1, 'must name at least one account')
  .max(MAX_ACCOUNTS, `must name at most ${MAX_ACCOUNTS} accounts`);

/** The setting `ACCOUNTS`: every fault at once, each with the JSON pointer of its field and never with its value. */
export const accountsSchema = z
  .string()
  .optional()
  .transform((text, context): readonly AccountInput[] => {
    if (text === undefined) {
      return [];
    }
    const parsed = accountList.safeParse(parseJson(text));
    if (parsed.success) {
      return parsed.data;
    }
    for (const issue of parsed.error.issues.slice(0, MAX_PROBLEMS)) {
      for (const { path, message } of faultsOf(issue)) {
        context.addIssue({ code: 'custom', message: `${jsonPointer(path)} ${message}`.trimStart() });
      }
    }
    return z.NEVER;
  });

type Path = readonly (string | number)[];

function faultsOf(issue: z.core.$ZodIssue): readonly { readonly path: Path; readonly message: string }[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, tame(key, 60)],
      message: 'is not known here; check its spelling, or take it out',
    }));
  }
  return [{ path, message: issue.message }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
