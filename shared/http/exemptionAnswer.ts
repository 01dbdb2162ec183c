import type { ExemptionOutcome } from '../service/exemptions.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import { answerMismatch, answerRefused } from './keptRequests.ts';

/** What came of making or ending an exemption, or why nothing did. */
export function answerExemption(outcome: ExemptionOutcome): Answer {
  switch (outcome.kind) {
    case 'told':
      return jsonAnswer(200, outcome.change);
    case 'unknownAccount':
      return problemAnswer(404, {
        code: 'unknown_account',
        title: 'No account of this name is configured.',
      });
    case 'unknownExemption':
      return problemAnswer(404, {
        code: 'unknown_exemption',
        title:
          'There is no exemption of this id: GET /api/exemptions lists those that count, and what ended within a day.',
      });
    case 'mismatch':
      return answerMismatch();
    case 'refused':
      return answerRefused(outcome.refusal);
    case 'unknownWindows':
      return outcome.areReadable
        ? problemAnswer(400, {
            code: 'invalid_request_body',
            title: 'The request is invalid; nothing was written.',
            errors: outcome.positions.map((at) => ({
              pointer: `/windows/${at}`,
              message: 'no window of this name is configured for the account; GET /api/windows lists them',
            })),
          })
        : problemAnswer(
            503,
            {
              code: 'windows_unreadable',
              title:
                'Not all windows could be read, and not all of those that are named are among the others. Nothing was written.',
            },
            { 'retry-after': '60' },
          );
  }
}
