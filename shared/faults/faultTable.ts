import { isFailureCode } from '../insights/insightsFailure.ts';
import { explained } from '../running/explain.ts';
import { admissionFaults, callerRefusals } from './callerFaults.ts';
import { callFaults } from './callFaults.ts';
import { consentFaults } from './consentFaults.ts';
import type { FaultEntry } from './faultEntry.ts';
import { requestFaults } from './requestFaults.ts';
import { runFaults } from './runFaults.ts';
import { signInFaults } from './signInFaults.ts';
import { webhookEventFaults, webhookRefusals, webhookSourceFaults } from './webhookFaults.ts';
import { windowFaults } from './windowFaults.ts';

/** A part of the table: where its codes are met, and what each means. */
export interface FaultSection {
  readonly title: string;
  readonly where: string;
  readonly entries: Readonly<Record<string, FaultEntry>>;
}

/** Each code stands once: what calls answer too is in their part. */
const reasonFaults = Object.fromEntries(
  Object.entries(explained)
    .filter(([reason]) => !isFailureCode(reason))
    .map(([reason, { message, remedy }]) => [reason, { meaning: message, remedy }]),
);

/** Every stable code that an operator can meet, each once. It is documentation: no function loads it. */
export const faultTable: readonly FaultSection[] = [
  {
    title: 'Calls to Partner Center',
    where: 'The `code` of a report’s result, of a run’s problem, or of an HTTP problem.',
    entries: callFaults,
  },
  {
    title: 'Signing in, and Key Vault',
    where:
      'The `code` of a run’s problem, of a report’s result, of an account in `GET /api/health/details?deep=true`, of `AuthFailing`, or of a webhook’s secret. Nothing was sent to Partner Center.',
    entries: signInFaults,
  },
  {
    title: 'Runs',
    where: 'The `code` of a run’s problem, of a report’s result, or of an HTTP problem.',
    entries: runFaults,
  },
  {
    title: 'Requests',
    where: 'The `code` of an HTTP problem, and of `GET /api/health/details`.',
    entries: requestFaults,
  },
  {
    title: 'Consent',
    where: 'The `code` of an HTTP problem, of `npm run consent`, and of the event `ConsentRefused`.',
    entries: consentFaults,
  },
  {
    title: 'Callers',
    where:
      'The `code` of an HTTP problem, and of `WebhookSecretProblem` where Entra is the proof of a source.',
    entries: admissionFaults,
  },
  {
    title: 'Callers: refused tokens',
    where: '`because` of the events `CallerRefused` and `WebhookRefused`. No answer says it.',
    entries: callerRefusals,
  },
  {
    title: 'What was decided about a report',
    where: 'The `code` of a report’s result. Most are no faults: they say why.',
    entries: reasonFaults,
  },
  {
    title: 'Windows',
    where:
      'The `code` of a window’s problem in `GET /api/windows` and `GET /api/health/details`, and of a warning of `GET /api/plan`.',
    entries: windowFaults,
  },
  {
    title: 'Webhooks: their events',
    where:
      'The `code` of `WebhookEventRefused`, `because` of `WebhookIgnored`, and of what an answer refuses.',
    entries: webhookEventFaults,
  },
  {
    title: 'Webhooks: refused requests',
    where: '`because` of the event `WebhookRefused`. No answer says it.',
    entries: webhookRefusals,
  },
  {
    title: 'Webhooks: configuration and secrets',
    where:
      'The `code` of a source’s problem in `GET /api/health/details`, and of the event `WebhookSecretProblem`. Codes that windows or Key Vault have too are in their parts.',
    entries: webhookSourceFaults,
  },
];
