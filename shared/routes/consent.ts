import { completeConsent } from '../consent/completeConsent.ts';
import { consentRequestSchema } from '../consent/consentRequestSchema.ts';
import { tellConsent } from '../consent/tellConsent.ts';
import type { Composed } from '../http/composed.ts';
import { findTarget, refuse } from '../http/consentTarget.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { parseBody } from '../http/parseBody.ts';
import { ofConsent } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofConsent,
  operationId: 'Consent',
  summary: 'Complete a consent',
  description:
    'Redeems the code of the sign-in with the credential of the app, checks and proves it, and stores the refresh token.',
  body: { schema: 'ConsentRequest', description: 'What the sign-in brought.', isRequired: true },
  answers: { 200: ['The refresh token is stored.', 'ConsentGiven'] },
  problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
};

/** `POST /api/accounts/{account}/consent`: the code of the sign-in becomes the account's refresh token. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { account: name = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async (ready) => {
    const found = findTarget(ready, name);
    if ('refusal' in found) {
      return refuse(found.refusal);
    }
    const codes = await parseBody(request.body, consentRequestSchema);
    if (!codes.ok) {
      return codes.answer;
    }
    const call = callOf(request);
    const outcome = await completeConsent(ready.parts, { ...found, codes: codes.value }, call);
    tellConsent(name, outcome, call);
    if (!outcome.ok) {
      return refuse(outcome.refusal);
    }
    const { ok, ...given } = outcome;
    return jsonAnswer(200, { account: name, ...given });
  });
}
