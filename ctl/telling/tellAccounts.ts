import type { Accounts } from '../connection/answers.ts';
import { table } from './table.ts';
import { count, type Style } from './told.ts';

/** Every account: what of it is looked after, when it was looked at, and why it could not be. Pure. */
export function tellAccounts({ accounts }: Accounts, style: Style): readonly string[] {
  const rows = accounts.map(({ name, surface, signIn, lookedAfter, lastLookUtc, nextLookUtc, failure }) => [
    ...[name, surface, signIn, String(lookedAfter), lastLookUtc ?? 'none', nextLookUtc ?? 'when needed'],
    failure === null ? '' : `${failure.message} (${failure.code})`,
  ]);
  const failed = accounts.filter(({ failure }) => failure !== null).length;
  return [
    ...table(['Account', 'API', 'Sign-in', 'Reports', 'Last look', 'Next look', 'Fails'], rows, style.width),
    '',
    `${count(accounts.length, 'account')}, ${failed === 0 ? 'and the last look at each saw its reports' : `${failed} of them not seen by the last look`}.`,
  ];
}
