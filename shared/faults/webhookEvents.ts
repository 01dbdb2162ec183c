import type { WebhookEventName } from '../webhooks/webhookEvent.ts';
import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';

/** What is told of webhooks, by its name: a part of the table of events. */
export const webhookEvents: FaultEntries<WebhookEventName> = {
  WebhookApplied: {
    meaning: 'A webhook asked for a pause or a resume, and its holds are written.',
    remedy: NOTHING_TO_DO,
  },
  WebhookIgnored: {
    meaning:
      'An event of a webhook changed nothing: it came before, something later was said, or it asks for nothing.',
    remedy: NOTHING_TO_DO,
  },
  WebhookNotBegun: {
    meaning:
      'A webhook asked for a pause, and nothing was paused, because MODE is observe or off; with observe the line says what it would have held.',
    remedy: 'Set MODE to act when you trust what is told. The sender was answered 200.',
  },
  WebhookEventRefused: {
    meaning: 'An event of a webhook that is who it says it is could not be used; the line has its code.',
    remedy: 'See the code in docs/faults.md.',
  },
  WebhookRefused: {
    meaning:
      'A request to a webhook door was refused and nothing was done; the line says why, the answer does not.',
    remedy:
      'See the word in docs/faults.md. If many come from nowhere you know, give the source a new secret.',
  },
  WebhookSecretProblem: {
    meaning:
      'The secret of a webhook source could not be read from Key Vault, or parts of it cannot be used.',
    remedy:
      'See the code in docs/faults.md. Deliveries are answered 503 while there is no secret, so most are sent again.',
  },
};
