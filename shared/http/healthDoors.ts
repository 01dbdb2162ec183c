import type { Composed } from '../composition/compose.ts';
import { type Answer, jsonAnswer } from './problem.ts';

/** `GET /api/health`: for anybody, so it names nothing. */
export function healthDoor(composed: Composed): Answer {
  return jsonAnswer(composed.ok ? 200 : 503, { status: composed.ok ? 'ok' : 'not ok' });
}

/** `GET /api/health/details`: behind a key; the problems' names, never a value. */
export async function healthDetailsDoor(composed: Composed): Promise<Answer> {
  if (!composed.ok) {
    return jsonAnswer(503, { status: 'not ok', code: 'config_invalid', problems: composed.problems });
  }
  const { problems } = (await composed.parts.windows.read()).parsed;
  const isOk = problems.every(({ severity }) => severity === 'warning');
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', problems });
}
