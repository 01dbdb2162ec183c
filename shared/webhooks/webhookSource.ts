import type { EntraRule } from '../callers/verifyEntraToken.ts';
import type { ReportSelector } from '../model/reportSelector.ts';

/** One sender of webhooks: how it proves itself, how its payloads are read, and what it may touch. */
export interface WebhookSource {
  /** `[a-z0-9-]{1,63}`, unique, the last part of the door's path. */
  readonly name: string;
  readonly format: WebhookFormat;
  readonly authentication: WebhookAuthentication | EntraAuthentication;
  /** Name of the secret in Key Vault; its text may hold several secrets, separated by blanks or line breaks. Null with Entra. */
  readonly secretName: string | null;
  /** Name of the account whose reports are meant. */
  readonly account: string;
  /** The only reports this source may pause. */
  readonly reports: ReportSelector;
  /** Above this many reports in one request nothing is paused. Resumes are never limited. */
  readonly maxReports: number;
  /** How long a pause lasts whose payload names no end. */
  readonly defaultHoldMs: number;
  /** Longest time from a pause's beginning to its end, whatever the payload says. */
  readonly maxHoldMs: number;
  /** Deliveries per minute that the door takes. */
  readonly ratePerMinute: number;
  /** True answers 410 Gone, so that a sender of good manners stops. */
  readonly retired: boolean;
}

/** The kinds a source can be of. */
export const WEBHOOK_KINDS = ['standard', 'eventGrid', 'cloudEvents', 'azureMonitor', 'generic'] as const;

export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** How payloads of a source are read. */
export type WebhookFormat =
  | { readonly kind: 'standard' }
  | { readonly kind: 'eventGrid' }
  | {
      readonly kind: 'cloudEvents';
      /** DNS names in lower case that may send, as in `WebHook-Request-Origin`. */
      readonly allowedOrigins: readonly string[];
    }
  | AzureMonitorFormat
  | { readonly kind: 'generic'; readonly fields: GenericFields };

export interface AzureMonitorFormat {
  readonly kind: 'azureMonitor';
  /** True takes alerts other than planned maintenance too: Fired pauses, Resolved ends. */
  readonly otherAlerts: boolean;
  /** Names in lower case; empty takes maintenance of any service. */
  readonly services: readonly string[];
  /** As `regionKey` makes them; empty takes maintenance of any region. */
  readonly regions: readonly string[];
}

/** How a delivery proves where it comes from, by a secret. */
export type WebhookAuthentication =
  | { readonly type: 'standard' }
  | { readonly type: 'token' }
  | HmacAuthentication;

/** A token of Entra that the sender got for us, which needs no secret. */
export interface EntraAuthentication {
  readonly type: 'entra';
  readonly rule: EntraRule;
  /** The one app whose tokens count, in lower case: anybody in the tenant may get one for us. */
  readonly clientId: string;
  /** The app role that this app must have been given. */
  readonly role: string;
}

/** HMAC-SHA256 over the raw body. */
export interface HmacAuthentication {
  readonly type: 'hmac';
  /** Name of the header, in lower case. */
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
  /** What stands before the signature in the header, e.g. `sha256=`; may be empty. */
  readonly prefix: string;
}

/** Where a generic payload has what. Everything but `action` may be left out. */
export interface GenericFields {
  readonly action: GenericField;
  readonly key: GenericField | null;
  readonly reportIds: GenericField | null;
  readonly from: GenericField | null;
  readonly until: GenericField | null;
  readonly duration: GenericField | null;
  readonly reason: GenericField | null;
  /** The sender's own id of the event: the same id twice is one event. */
  readonly id: GenericField | null;
  /** When the sender said it; orders events, and makes old ones stale. */
  readonly sentAt: GenericField | null;
}

export interface GenericField {
  /** JSON pointer, RFC 6901. */
  readonly pointer: string;
  /** What each text found there stands for; null takes it as it is. A text that is not in the map is refused. */
  readonly values: ReadonlyMap<string, string> | null;
}
