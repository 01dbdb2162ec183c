import type { Composed } from '../http/composed.ts';
import { correlationIdOf, type DoorRequest } from '../http/doorRequest.ts';
import { healthOf } from '../http/healthOf.ts';
import { TIME_ZONE_DATA, VERSION } from '../http/version.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import { ofApp } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { accountFilter } from '../openapi/parameters.ts';
import type { SwaggerParameter } from '../openapi/swagger.ts';
import { authHealth } from '../service/authHealth.ts';
import { previewOfWindows } from '../service/previewOfWindows.ts';
import { type LearnedOfAccounts, showLearned } from '../service/showLearned.ts';
import type { SourcedWindows } from '../service/windowSource.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';

const deep: SwaggerParameter = {
  name: 'deep',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Deep',
  description: 'Signs in to each account now, and asks Partner Center one thing.',
};

/** What the document tells of it. */
export const operation: Operation = {
  ...ofApp,
  operationId: 'GetHealthDetails',
  summary: 'Get the health with its problems',
  description:
    'Tells whether the app is in order, and what is wrong with settings, windows and webhooks, and what was learned of each account; with deep also how each account signs in.',
  parameters: [deep, accountFilter],
  answers: {
    200: ['The app is in order, maybe with warnings.', 'HealthDetails'],
    503: ['The app is not in order.', 'HealthDetails'],
  },
  problems: [404],
};

/**
 * `GET /api/health/details?deep=&account=`: behind a key; the version, the problems of settings, windows and webhooks by name, the tz
 * database that windows are reckoned with, and what was learned of each account. With `deep=true` each account signs in
 * and asks Partner Center one thing.
 */
export async function answer(
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
