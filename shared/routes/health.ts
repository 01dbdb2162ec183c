import type { Composed } from '../http/composed.ts';
import { healthOf } from '../http/healthOf.ts';
import { VERSION } from '../http/version.ts';
import { ofApp } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofApp,
  operationId: 'GetHealth',
  summary: 'Get the health',
  description: 'Tells whether the app is in order, and its version.',
  answers: { 200: ['The app is in order.', 'Health'], 503: ['The app is not in order.', 'Health'] },
};

/** `GET /api/health`: for anybody, so it names nothing but the version, and reads the windows twice a minute at most. */
export async function answer(composed: Composed): Promise<Answer> {
  const { isOk } = await healthOf(composed, (ready) => ready.recentWindows());
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', version: VERSION });
}
