import { consentTermsOf } from '../consent/consentTerms.ts';
import type { Composed } from '../http/composed.ts';
import { findTarget, refuse } from '../http/consentTarget.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { withService } from '../http/doorRequest.ts';
import { ofConsent } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofConsent,
  operationId: 'GetConsentTerms',
  summary: 'Get what a consent needs',
  description: 'Tells what a browser needs to let the Insights user consent; nothing of it is secret.',
  body: null,
  answers: { 200: ['What is asked for, and where.', 'ConsentTerms'] },
  problems: [404, 409, ...NOT_READY],
};

/** `GET /api/accounts/{account}/consent`: what a browser needs to let the Insights user consent. */
export function answer(
  composed: Composed,
  _request: DoorRequest,
  { account: name = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async (ready) => {
    const found = findTarget(ready, name);
    return 'refusal' in found
      ? refuse(found.refusal)
      : jsonAnswer(200, { account: name, ...consentTermsOf(found.user.app) });
  });
}
