import { z } from 'zod';
import { ROLES } from '../../callers/role.ts';
import type { ShownLearned } from '../../service/showLearned.ts';
import type { ShownCaller } from '../shownCaller.ts';
import { ignoredEvent, refusedEvent } from './problemAnswer.ts';
import { count, instant, told } from './told.ts';

const status = told(z.enum(['ok', 'not ok']), 'Status', 'Whether the app is in order.');
const version = told(z.string(), 'Version', 'The version of the app that answers, e.g. 0.1.0.');

/** Who calls, and what that caller may do. */
export const me = z.strictObject({
  id: told(z.string(), 'ID', 'What holds and keys of the caller go by.'),
  name: told(z.string().nullable(), 'Name', 'What people know the caller by; proves nothing.'),
  roles: told(z.array(z.enum(ROLES)), 'Roles', 'The roles of the caller, with those that they include.'),
  version,
  mode: told(
    z.enum(['act', 'observe', 'off']).nullable(),
    'Mode',
    'The setting MODE; empty where the settings are invalid.',
  ),
} satisfies Record<keyof ShownCaller, z.ZodType>);

/** What anybody may know of the app's health. */
export const health = z.strictObject({ status, version });

const healthProblem = z.strictObject({
  name: told(z.string().optional(), 'Setting', 'The app setting that it concerns.'),
  window: told(z.string().nullable().optional(), 'Window', 'The window that it concerns.'),
  source: told(z.string().nullable().optional(), 'Source', 'The webhook source that it concerns.'),
  pointer: told(z.string().optional(), 'Pointer', 'Where the fault is, as a JSON pointer into the setting.'),
  code: told(z.string().optional(), 'Code', 'What is wrong, by a stable code.'),
  message: told(z.string(), 'Message', 'What is wrong, and what to do.'),
  severity: told(
    z.enum(['error', 'warning']).optional(),
    'Severity',
    'An error stops something, a warning does not.',
  ),
});

const refreshToken = z.strictObject({
  user: told(z.string(), 'User', 'Who consented; empty where nobody wrote it down.'),
  ageInDays: told(z.number(), 'Age', 'Days since Entra gave it out.'),
  daysLeft: told(z.number(), 'Days Left', 'Until it ends, 90 days after.'),
  writtenUtc: told(z.string(), 'Written', 'When it was stored.'),
  writeBackFailure: told(z.string().nullable(), 'Not Kept', 'Why the newest could not be stored.'),
});

const accountWarning = z.strictObject({
  code: told(z.string(), 'Code', 'What will be wrong, by a stable code.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
});

const accountHealth = z.strictObject({
  account: told(z.string(), 'Account', 'Its name in the settings.'),
  surface: told(z.enum(['mpn', 'cmp']), 'Surface', 'The API family.'),
  mode: told(z.string(), 'Mode', 'How it signs in.'),
  isOk: told(z.boolean(), 'Is Ok', 'Whether it signed in and Partner Center answered.'),
  code: told(z.string().nullable(), 'Code', 'Why not, by a stable code.'),
  message: told(z.string().nullable(), 'Message', 'Why not.'),
  readUtc: told(
    instant.optional(),
    'Read',
    'When Partner Center answered, in UTC; missing where no token could be had.',
  ),
  ageInSeconds: told(
    count.optional(),
    'Age',
    'Seconds since then; who looks within 15 seconds shares one read.',
  ),
  isMfaCompliant: told(z.boolean().nullable(), 'MFA', 'What Partner Center says of the token.'),
  refreshToken: told(refreshToken.nullable(), 'Refresh Token', 'Of an account that signs in for a user.'),
  credentialEndsUtc: told(z.string().nullable(), 'Credential Ends', 'When the secret or certificate ends.'),
  warnings: told(z.array(accountWarning), 'Warnings', 'What will need a person before long.'),
});

/** What was learned of how the API of an account behaves. */
const learned = z.strictObject({
  account: told(z.string(), 'Account', 'Its name in the settings.'),
  words: told(z.string(), 'Words', 'What was learned, and what follows from it, in one sentence.'),
  changesMoveTime: told(
    z.enum(['yes', 'no', 'both', 'unknown']),
    'Changes Move Time',
    'Whether our changes move `modifiedTime`; both where some did and some did not.',
  ),
  timeOffset: told(
    z
      .strictObject({
        minInMs: told(z.number(), 'At Least', 'In milliseconds; negative where it is behind.'),
        maxInMs: told(z.number(), 'At Most', 'In milliseconds; negative where it is behind.'),
      })
      .nullable(),
    'Time Offset',
    'The clock of `modifiedTime` minus that of the header Date; empty until it was seen.',
  ),
  timesMoveByThemselves: told(
    z.boolean(),
    'Times Move By Themselves',
    'Whether `modifiedTime` of reports that nobody touched was seen to move.',
  ),
  pauseWasRead: told(z.boolean(), 'Pause Was Read', 'Whether a pause of ours was ever read.'),
  listLagInMs: told(z.number(), 'List Lag', 'How late lists were seen to be at most, in milliseconds.'),
  callsPerSecond: told(
    z.number().nullable(),
    'Calls Per Second',
    'So many calls a second the service was seen to take; empty where it was not seen to refuse more.',
  ),
} satisfies Record<keyof ShownLearned, z.ZodType>);

/** The app's health with its problems. */
export const healthDetails = z.strictObject({
  status,
  version,
  code: told(z.string().optional(), 'Code', 'What is wrong with the app as a whole.'),
  problems: told(z.array(healthProblem), 'Problems', 'What is wrong with settings, windows and webhooks.'),
  timeZoneData: told(
    z.string(),
    'Time Zone Data',
    'The release of the tz database that windows are reckoned with, e.g. 2026a.',
  ),
  learned: told(
    z.array(learned).optional(),
    'Learned',
    'How the API of each account was seen to behave, of 20 accounts at most; missing where the settings or the ledger cannot be read.',
  ),
  learnedNotShown: told(
    count.optional(),
    'Learned Not Shown',
    'Accounts beyond those, to be asked for by name; missing where `learned` is.',
  ),
  accounts: told(z.array(accountHealth).optional(), 'Accounts', 'How each signs in; only with deep=true.'),
  notLookedAt: told(count.optional(), 'Not Looked At', 'Accounts beyond those, to be asked for by name.'),
});

/** What a sender of webhooks is told of a delivery that was taken. */
export const delivered = z.strictObject({
  accepted: told(count.optional(), 'Accepted', 'How many events of the delivery were taken.'),
  ignored: told(z.array(ignoredEvent).optional(), 'Ignored', 'Those of them that ask for nothing here.'),
  refused: told(z.array(refusedEvent).optional(), 'Refused', 'The events that were not taken.'),
  validationResponse: told(
    z.string().optional(),
    'Validation Response',
    'The code of an Event Grid handshake.',
  ),
});

/** The document itself is described by OpenAPI. */
export const openApi = z.looseObject({
  swagger: told(z.literal('2.0'), 'Version', 'The version of OpenAPI.'),
});
