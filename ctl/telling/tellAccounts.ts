import type { Accounts } from '../connection/answers.ts';
import { shortInstant } from './instant.ts';
import { table } from './table.ts';
import { count, type Style } from './told.ts';

/** Every account: what of it is looked after, when it was looked at, and why it could not be. Pure. */
export function tellAccounts({ accounts }: Accounts, style: Style): readonly string[] {
  const shown = (utc: string | null) => (utc === null ? null : shortInstant(utc, style.timeZone));
  const rows = accounts.map(({ name, surface, signIn, lookedAfter, lastLookUtc, nextLookUtc, failure }) => [
    ...[
      name,
      surface,
      signIn,
      String(lookedAfter),
      shown(lastLookUtc) ?? 'none',
      shown(nextLookUtc) ?? 'when needed',
    ],
    failure === null ? '' : `${failure.message} (${failure.code})`,
  ]);
  const failed = accounts.filter(({ failure }) => failure !== null).length;
  const unseen = accounts.filter(
    ({ failure, lastLookUtc }) => failure === null && lastLookUtc === null,
  ).length;
  return [
    ...table(['Account', 'API', 'Sign-in', 'Reports', 'Last look', 'Next look', 'Fails'], rows, style.width),
    '',
    `${count(accounts.length, 'account')}, ${saidOf(failed, unseen)}.`,
  ];
}

function saidOf(failed: number, unseen: number): string {
  if (failed === 0 && unseen === 0) return 'and the last look at each saw its reports';
  return [
    ...(failed === 0 ? [] : [`${failed} of them not seen by the last look`]),
    ...(unseen === 0 ? [] : [`no tick has looked at ${unseen} of them yet`]),
  ].join(', ');
}
