import { z } from 'zod';
import type { LookFailure } from '../../model/lastLook.ts';
import type { ShownAccount, ShownAccounts } from '../../service/showAccounts.ts';
import { count, instant, told } from './told.ts';

const lookFailure = z.strictObject({
  code: told(z.string(), 'Code', 'Why, by a stable code.'),
  message: told(z.string(), 'Message', 'Why, in words.'),
} satisfies Record<keyof LookFailure, z.ZodType>);

/** An account. */
export const shownAccount = z.strictObject({
  name: told(z.string(), 'Name', 'The name of the account.'),
  surface: told(
    z.enum(['mpn', 'cmp']),
    'Surface',
    'The family of the API: Partner or commercial marketplace.',
  ),
  tenantId: told(z.string(), 'Tenant ID', 'The Entra tenant whose reports they are.'),
  signIn: told(
    z.enum(['managedIdentity', 'federatedApp', 'secureApp']),
    'Sign-In',
    'How the app signs in to it.',
  ),
  lookedAfter: told(
    count,
    'Looked After',
    'How many of its reports are paused by us, or looked after still.',
  ),
  lastLookUtc: told(
    instant.nullable(),
    'Last Look',
    'When the last look saw all its reports, in UTC; empty where none did.',
  ),
  nextLookUtc: told(
    instant.nullable(),
    'Next Look',
    'When it is looked at again at the latest, in UTC; empty where nothing of it is looked after.',
  ),
  isLate: told(z.boolean(), 'Is Late', 'Whether the next look is long past, so that no tick seems to come.'),
  failure: told(lookFailure.nullable(), 'Failure', 'Why the last look saw no reports; empty where it did.'),
} satisfies Record<keyof ShownAccount, z.ZodType>);

/** Every account. */
export const shownAccounts = z.strictObject({
  accounts: told(z.array(shownAccount), 'Accounts', 'Every account, in the order of the settings.'),
} satisfies Record<keyof ShownAccounts, z.ZodType>);
