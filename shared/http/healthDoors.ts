import type { Composed } from '../composition/compose.ts';
import { type Answer, jsonAnswer } from './problem.ts';

/** `GET /api/health`: for anybody, so it names nothing. */
export async function healthDoor(composed: Composed): Promise<Answer> {
  const { isOk } = await healthOf(composed);
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok' });
}

/** `GET /api/health/details`: behind a key; the problems of settings, windows and webhooks by name, never a value. */
export async function healthDetailsDoor(composed: Composed): Promise<Answer> {
  const { isOk, ...details } = await healthOf(composed);
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', ...details });
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
