import type { Composed } from '../composition/compose.ts';
import { authHealth } from '../service/authHealth.ts';
import type { DoorRequest } from './doorRequest.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** `GET /api/health`: for anybody, so it names nothing. */
export async function healthDoor(composed: Composed): Promise<Answer> {
  const { isOk } = await healthOf(composed);
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok' });
}

/**
 * `GET /api/health/details?deep=&account=`: behind a key; the problems of settings, windows and webhooks by name, never
 * a value. With `deep=true` each account signs in and asks Partner Center one thing.
 */
export async function healthDetailsDoor(
  composed: Composed,
  { url }: Pick<DoorRequest, 'url'>,
): Promise<Answer> {
  const { isOk, ...details } = await healthOf(composed);
  const isDeep = url.searchParams.get('deep') === 'true';
  if (!isDeep || !composed.ok) {
    return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', ...details });
  }
  const account = url.searchParams.get('account');
  if (account !== null && composed.parts.accounts.every((one) => one.account.name !== account)) {
    return problemAnswer(404, {
      code: 'unknown_account',
      title: 'No account of this name is configured.',
    });
  }
  const looked = await authHealth(composed.parts, account);
  const isAllOk = isOk && looked.accounts.every((one) => one.isOk);
  return jsonAnswer(isAllOk ? 200 : 503, { status: isAllOk ? 'ok' : 'not ok', ...details, ...looked });
}

async function healthOf(
  composed: Composed,
): Promise<{ isOk: boolean; problems: readonly object[]; code?: string }> {
  if (!composed.ok) {
    return { isOk: false, code: 'config_invalid', problems: composed.problems };
  }
  const sourced = await composed.parts.windows.read();
  const unreadable = sourced.ok
    ? []
    : [{ code: 'windows_unreadable', message: sourced.message, severity: 'error' }];
  const problems = [...unreadable, ...sourced.parsed.problems, ...composed.webhooks.configured.problems];
  return { isOk: problems.every(({ severity }) => severity === 'warning'), problems };
}
