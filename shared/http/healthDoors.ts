import type { Composed } from '../composition/compose.ts';
import { TIME_ZONE_DATA, VERSION } from '../composition/version.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import { authHealth } from '../service/authHealth.ts';
import { previewOfWindows } from '../service/previewOfWindows.ts';
import { type LearnedOfAccounts, showLearned } from '../service/showLearned.ts';
import type { SourcedWindows } from '../service/windowSource.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { correlationIdOf, type DoorRequest, type Ready } from './doorRequest.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** `GET /api/health`: for anybody, so it names nothing but the version, and reads the windows twice a minute at most. */
export async function healthDoor(composed: Composed): Promise<Answer> {
  const { isOk } = await healthOf(composed, (ready) => ready.recentWindows());
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', version: VERSION });
}

/**
 * `GET /api/health/details?deep=&account=`: behind a key; the version, the problems of settings, windows and webhooks by name, the tz
 * database that windows are reckoned with, and what was learned of each account. With `deep=true` each account signs in
 * and asks Partner Center one thing.
 */
export async function healthDetailsDoor(
  composed: Composed,
  request: Pick<DoorRequest, 'url' | 'header'>,
): Promise<Answer> {
  const { url } = request;
  const account = url.searchParams.get('account');
  if (
    composed.ok &&
    account !== null &&
    composed.parts.accounts.every((one) => one.account.name !== account)
  ) {
    return problemAnswer(404, {
      code: 'unknown_account',
      title: 'No account of this name is configured.',
    });
  }
  const windows = composed.ok ? composed.parts.windows.read() : null;
  const { isOk, ...found } = await healthOf(composed, ({ parts }) => windows ?? parts.windows.read());
  const known = await learnedOf(composed, account);
  const problems = [...found.problems, ...(await warningsOf(composed, windows, request)), ...known.problems];
  const details = { version: VERSION, ...found, problems, timeZoneData: TIME_ZONE_DATA, ...known.shown };
  const isDeep = url.searchParams.get('deep') === 'true';
  if (!isDeep || !composed.ok) {
    return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', ...details });
  }
  const looked = await authHealth(composed.parts, account);
  const isAllOk = isOk && looked.accounts.every((one) => one.isOk);
  return jsonAnswer(isAllOk ? 200 : 503, { status: isAllOk ? 'ok' : 'not ok', ...details, ...looked });
}

/** What was learned of accounts: a ledger that cannot be read now is told, and hides nothing else. */
async function learnedOf(
  composed: Composed,
  account: string | null,
): Promise<{
  readonly problems: readonly object[];
  readonly shown: Partial<LearnedOfAccounts>;
}> {
  if (!composed.ok) {
    return { problems: [], shown: {} };
  }
  try {
    return { problems: [], shown: await showLearned(composed.parts, account) };
  } catch (error) {
    const { code } = asLedgerError(error);
    const message = 'the ledger cannot be read, so what was learned of accounts is not shown';
    return { problems: [{ name: 'AzureWebJobsStorage', code, message, severity: 'warning' }], shown: {} };
  }
}

/** Windows that will do nothing, or do it for good: no reason to call the app anything but ok. */
async function warningsOf(
  composed: Composed,
  windows: Promise<SourcedWindows> | null,
  request: Pick<DoorRequest, 'header'>,
): Promise<readonly WindowProblem[]> {
  if (!composed.ok || windows === null) {
    return [];
  }
  const { parsed } = await windows;
  const call = { correlationId: correlationIdOf(request), runId: null };
  return (await previewOfWindows(composed.parts, parsed.windows, call)).problems;
}

async function healthOf(
  composed: Composed,
  readWindows: (ready: Ready) => Promise<SourcedWindows>,
): Promise<{ isOk: boolean; problems: readonly object[]; code?: string }> {
  if (!composed.ok) {
    return { isOk: false, code: 'config_invalid', problems: composed.problems };
  }
  const sourced = await readWindows(composed);
  const unreadable = sourced.ok
    ? []
    : [{ code: 'windows_unreadable', message: sourced.message, severity: 'error' }];
  const problems = [...unreadable, ...sourced.parsed.problems, ...composed.webhooks.configured.problems];
  return { isOk: problems.every(({ severity }) => severity === 'warning'), problems };
}
