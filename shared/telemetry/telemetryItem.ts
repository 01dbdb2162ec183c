import type { DependencyCall } from './telemetry.ts';
import type { Trace } from './trace.ts';

/** A custom event as it waits to be sent. */
export interface EventItem {
  readonly name: string;
  readonly atMs: number;
  readonly trace: Trace | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly measurements: Readonly<Record<string, number>>;
}

/** A dependency as it waits to be sent. */
export interface DependencyItem extends Omit<DependencyCall, 'properties' | 'spanId'> {
  readonly spanId: string;
  readonly trace: Trace;
  readonly properties: Readonly<Record<string, string>>;
}

/** What was recorded of one metric under the same dimensions since the last sending. */
export interface MetricItem {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** Items of one kind: they go in one request. */
export type Batch =
  | { readonly kind: 'events'; readonly items: readonly EventItem[] }
  | { readonly kind: 'dependencies'; readonly items: readonly DependencyItem[] }
  | { readonly kind: 'metrics'; readonly items: readonly MetricItem[] };

/** What became of a batch. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'failed';
      /** A status or a word, never foreign text. */
      readonly reason: string;
      /** The positions of the items that may be sent again; the others are lost. */
      readonly again: readonly number[];
      /** How many are lost. */
      readonly lost: number;
      /** When the service said it may be tried again; null where it did not. */
      readonly retryAfterInMs: number | null;
    };

/** The way to Application Insights. */
export interface Sender {
  /** Never rejects; bounded in time. */
  send(batch: Batch): Promise<SendOutcome>;
}
