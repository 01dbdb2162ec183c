import { z } from 'zod';
import { AUDIENCE } from '../settings/audiencesOf.ts';
import { nameField } from '../windows/windowFields.ts';
import { isPointer, MAX_POINTER_LENGTH } from './pointInto.ts';
import { WEBHOOK_KINDS } from './webhookSource.ts';

const MAX_VALUES = 1_000;

const pointer = z
  .string()
  .refine(
    isPointer,
    `This is not a JSON pointer of at most ${MAX_POINTER_LENGTH} characters. Write for example /incident/status.`,
  );

const text = (maxLength: number) => z.string().min(1).max(maxLength);

/** A JSON pointer, or one with what its values stand for. */
const genericField = z.union(
  [
    pointer.transform((at) => ({ pointer: at, values: null })),
    z.strictObject({
      pointer,
      values: z
        .record(text(256), text(256))
        .refine((values) => Object.keys(values).length <= MAX_VALUES, `Name at most ${MAX_VALUES} values.`)
        .transform((values) => new Map(Object.entries(values)))
        .nullable()
        .default(null),
    }),
  ],
  'Write a JSON pointer, or {"pointer": …, "values": {…}}.',
);

const optionalField = genericField.nullable().default(null);

const genericFields = z.strictObject({
  action: genericField,
  key: optionalField,
  reportIds: optionalField,
  from: optionalField,
  until: optionalField,
  duration: optionalField,
  reason: optionalField,
  id: optionalField,
  sentAt: optionalField,
});

const authentication = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('token') }),
  z.strictObject({
    type: z.literal('hmac'),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/, 'Write the name of a header, for example X-Signature-256.')
      .transform((name) => name.toLowerCase()),
    encoding: z.enum(['hex', 'base64']),
    prefix: z
      .string()
      .regex(/^[\x21-\x7e]{0,32}$/, 'A prefix is at most 32 visible ASCII characters, for example sha256=.')
      .default(''),
  }),
]);

const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const origin = z
  .string()
  .transform((name) => name.toLowerCase())
  .refine((name) => DNS_NAME.test(name), 'An origin is a DNS name, for example eventgrid.azure.net.');

const names = z.array(text(200).transform((name) => name.trim().toLowerCase())).max(200);

const secretName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,127}$/, 'The name of a Key Vault secret is 1 to 127 letters, digits and "-".');

const uuid = z.guid('This is not a UUID.').transform((id) => id.toLowerCase());

/** What the tokens of a sender that Entra vouches for must say. Without an app it is the one by which Azure sends this kind. */
const entra = z.strictObject({
  tenantId: uuid,
  audience: z.string().regex(AUDIENCE, 'Write a client id or an identifier URI, for example api://ID.'),
  appId: uuid.optional(),
  role: text(200).optional(),
});

/** What a source of any kind has. `reports` and the two durations have parsers of their own. */
const anySource = z.object({
  name: nameField,
  secretName,
  account: nameField.optional(),
  reports: z.unknown().optional(),
  maxReports: z.int().min(1).max(10_000).default(200),
  defaultHold: z.string().default('PT4H'),
  maxHold: z.string().default('P7D'),
  ratePerMinute: z.int().min(1).max(6_000).default(60),
  retired: z.boolean().default(false),
});

const ofKind = <K extends (typeof WEBHOOK_KINDS)[number]>(kind: K) =>
  z.strictObject({ ...anySource.shape, kind: z.literal(kind) });

/** The kinds by which Azure sends may be proven by Entra in place of a token of our own. */
const provenByEntra = { secretName: secretName.optional(), entra: entra.optional() };

/** A source as it is written, before its parts are looked into. */
export const sourceInput = z.discriminatedUnion(
  'kind',
  [
    ofKind('standard'),
    ofKind('eventGrid').extend(provenByEntra),
    ofKind('cloudEvents').extend({ ...provenByEntra, allowedOrigins: z.array(origin).min(1).max(50) }),
    ofKind('azureMonitor').extend({
      ...provenByEntra,
      otherAlerts: z.boolean().default(false),
      services: names.default([]),
      regions: names.default([]),
    }),
    ofKind('generic').extend({ authentication, fields: genericFields }),
  ],
  `Write a source {"name": …, "kind": …} of one of these kinds: ${WEBHOOK_KINDS.join(', ')}.`,
);

export type SourceInput = z.output<typeof sourceInput>;
