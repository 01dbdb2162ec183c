import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { DoorRequest, Ready } from './doorRequest.ts';

/** The account that the query names; null means all of them. */
export function meantAccount(
  { url }: DoorRequest,
  { accounts }: Ready['parts'],
): { readonly ok: true; readonly account: string | null } | { readonly ok: false; readonly answer: Answer } {
  const account = url.searchParams.get('account');
  if (account === null || accounts.some((one) => one.account.name === account)) {
    return { ok: true, account };
  }
  const title = 'No account of this name is configured.';
  return { ok: false, answer: problemAnswer(404, { code: 'unknown_account', title }) };
}
