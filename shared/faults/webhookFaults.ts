import type { TokenRefusal } from '../callers/verifyEntraToken.ts';
import type { IgnoredBecause, PayloadRefusal } from '../webhooks/intent.ts';
import type { Received } from '../webhooks/receiveDelivery.ts';
import type { WebhookProblemCode } from '../webhooks/webhookProblem.ts';
import type { WindowProblemCode } from '../windows/windowProblem.ts';
import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';

/** Codes that mean the same for a webhook as elsewhere stand in the other tables. */
type Elsewhere = 'mode_off' | 'not_json' | 'observe_mode';

/** Why an event of a webhook that proved itself was not used, or changed nothing. */
export const webhookEventFaults: FaultEntries<
  Exclude<PayloadRefusal | IgnoredBecause, Elsewhere> | 'outdated' | 'repeated'
> = {
  bad_field: { meaning: 'A field of the event cannot be read.', remedy: 'The line names the field.' },
  foreign_payload: {
    meaning: 'The payload is none of the kind that the source is of.',
    remedy: 'Correct the kind of the source, or what the sender sends.',
  },
  instant_out_of_range: {
    meaning: 'The event begins more than a year ahead.',
    remedy: 'Check the date at the sender.',
  },
  missing_field: { meaning: 'A field of the event is missing.', remedy: 'The line names the field.' },
  report_not_allowed: {
    meaning: 'None of the reports that the event names may be touched by its source; nothing was paused.',
    remedy: 'Correct the ids, or the reports of the source in WEBHOOKS.',
  },
  said_ahead_of_time: {
    meaning: 'The event says that it was said in the future, by more than five minutes.',
    remedy: 'Correct the clock of the sender.',
  },
  said_too_long_ago: {
    meaning:
      'The event is older than seven days, or a pause from before what is still remembered of its maintenance.',
    remedy: 'Send what is so now as a new event.',
  },
  too_many_events: { meaning: 'The batch has more than 5000 events.', remedy: 'Send fewer at once.' },
  too_many_reports: {
    meaning: 'The event means more reports than maxReports of its source; nothing was paused.',
    remedy: 'Look whether that is meant, then raise maxReports.',
  },
  too_much_said: {
    meaning:
      'The pauses of one maintenance that are on or to come, each with its own list of reports, are more than is remembered of it; nothing was paused.',
    remedy:
      'Name maintenances ("key"), so that each has its own memory, or name all reports in one event. An end is always taken.',
  },
  unknown_stage: {
    meaning: 'The stage of a maintenance, or the condition of an alert, is not known.',
    remedy: 'Report it, with the stage.',
  },
  unmapped_value: {
    meaning: 'A field of a generic payload has a value that the source’s "values" does not have.',
    remedy: 'Add the value to WEBHOOKS, with what it stands for.',
  },
  asked_to_ignore: { meaning: 'The event itself says to do nothing.', remedy: NOTHING_TO_DO },
  no_condition: {
    meaning: 'An alert of Azure Monitor that neither fires nor is resolved, such as a budget’s.',
    remedy: NOTHING_TO_DO,
  },
  not_for_us: {
    meaning:
      'The event is of another kind and asks for nothing here: it has no "action", or none that is ours.',
    remedy: 'Nothing, if the sender tells of other things too. Else write "action" as docs/webhooks.md says.',
  },
  unmapped_action: {
    meaning: 'The action of a generic payload is a word that the source’s "values" does not have.',
    remedy: 'Nothing, if it asks for nothing here. Else add the word to WEBHOOKS, with what it stands for.',
  },
  not_maintenance: {
    meaning: 'A notification of Service Health that is no planned maintenance.',
    remedy: NOTHING_TO_DO,
  },
  other_alerts_not_taken: {
    meaning: 'An alert of Azure Monitor that is not about Service Health.',
    remedy: 'Nothing, or set "otherAlerts": true for the source.',
  },
  out_of_scope: {
    meaning: 'A maintenance of other services or regions than those of the source.',
    remedy: NOTHING_TO_DO,
  },
  subscription_deleted: {
    meaning: 'Event Grid tells that the subscription was deleted.',
    remedy: 'Take the source out of WEBHOOKS if nothing sends to it any more.',
  },
  outdated: {
    meaning: 'Something that was said later about the same was dealt with already.',
    remedy: NOTHING_TO_DO,
  },
  repeated: { meaning: 'The event came before and was dealt with.', remedy: NOTHING_TO_DO },
};

/** Why a request to a webhook door was refused; only the log says it. */
export const webhookRefusals: FaultEntries<
  Exclude<NonNullable<Extract<Received, { kind: 'answer' }>['because']>, TokenRefusal> | 'source_invalid'
> = {
  bad_delivery_id: {
    meaning: 'The header webhook-id is none that can be used.',
    remedy: 'Send 1 to 256 visible ASCII characters.',
  },
  bad_timestamp: {
    meaning: 'The header webhook-timestamp is no number of seconds.',
    remedy: 'Send the time in seconds since 1970.',
  },
  missing_header: { meaning: 'A header of the signature is missing.', remedy: 'Let the sender sign.' },
  no_matching_secret: {
    meaning:
      'No secret of the source fits the signature or the token: forged, or the secret was changed on one side.',
    remedy: 'Put the sender’s secret into the Key Vault secret of the source, beside the old one.',
  },
  no_token: { meaning: 'The request has no token.', remedy: 'Put the token into the URL of the sender.' },
  no_usable_secret: {
    meaning: 'The Key Vault secret of the source holds nothing that can be used.',
    remedy: 'Write what docs/webhooks.md says for the kind of the source.',
  },
  origin_not_allowed: {
    meaning: 'The origin of the sender is not one of allowedOrigins.',
    remedy: 'Add it to the source if you know it.',
  },
  source_invalid: {
    meaning: 'The source has an error in WEBHOOKS, so that the sender was asked to send again (503).',
    remedy: 'GET /api/health/details has the problems of WEBHOOKS.',
  },
  stale: {
    meaning: 'The signed time is more than five minutes ago: a replay, or a clock that is wrong.',
    remedy: 'Correct the clock of the sender.',
  },
  timestamp_ahead: {
    meaning: 'The signed time is more than five minutes ahead.',
    remedy: 'Correct the clock of the sender.',
  },
  token_wrong_sender: {
    meaning:
      'The token is one of the tenant, and not of the app that the source expects, or without its role.',
    remedy: 'Assign the role to the sender’s app, or correct appId and role of the source.',
  },
  too_complex: {
    meaning:
      'The body holds more values or members, or more lists and objects in one another, than are parsed (413).',
    remedy: 'Send fewer events at once; docs/bounds.md has the numbers.',
  },
  too_large: { meaning: 'The body is longer than 1 MB.', remedy: 'Send fewer events at once.' },
  too_many_signatures: {
    meaning: 'The request bears more than 32 signatures.',
    remedy: 'Let the sender sign with the secrets that are in use alone.',
  },
  format_not_understood: {
    meaning: 'The content type is none that the source sends (415).',
    remedy: 'See unsupported_media_type.',
  },
  retired: { meaning: 'The source is retired (410).', remedy: 'Take the webhook out at the sender.' },
  unknown_source: {
    meaning: 'No source of that name is configured.',
    remedy: 'Correct the address at the sender, or add the source to WEBHOOKS.',
  },
  wrong_method: { meaning: 'Neither POST nor OPTIONS (405).', remedy: 'Send by POST.' },
};

/** What is wrong with the configuration or the secret of a source. */
export const webhookSourceFaults: FaultEntries<
  Exclude<WebhookProblemCode, WindowProblemCode> | 'secret_stale' | 'secret_unusable'
> = {
  bad_action_value: {
    meaning: 'The value map of a generic source’s action names something that is no action.',
    remedy: 'Write pause, resume or ignore.',
  },
  default_over_maximum: {
    meaning: 'The defaultHold is longer than maxHold, so the source is not used.',
    remedy: 'Shorten defaultHold, or raise maxHold.',
  },
  no_key_vault: {
    meaning: 'There are webhook sources and no Key Vault, so that every delivery is answered 503.',
    remedy: 'Set WEBHOOK_VAULT_URL, or KEY_VAULT_URL where all secrets are in one vault.',
  },
  no_replay_protection: {
    meaning:
      'A generic source with an HMAC does not say when its payload was written: an old one can be sent again.',
    remedy: 'Name "sentAt" where the sender writes it.',
  },
  shared_proof: {
    meaning: 'Two sources prove themselves by the same secret or role, so that each may send as the other.',
    remedy: 'Give each source a secret, or a role, of its own.',
  },
  unknown_region: {
    meaning:
      'A region of an azureMonitor source is none that Azure is known to have, so that no alert may match it.',
    remedy: 'Correct the name. A region that Azure has added since works in spite of the warning.',
  },
  secret_stale: {
    meaning:
      'Key Vault could not be asked, so the secret that was read before is still used, for six hours at most.',
    remedy: 'See why Key Vault does not answer.',
  },
  secret_unusable: {
    meaning: 'Parts of the Key Vault secret cannot be used: malformed, too short, or too many.',
    remedy:
      'Write what docs/webhooks.md says for the kind of the source; `npm run webhook -- secret` makes one.',
  },
};
