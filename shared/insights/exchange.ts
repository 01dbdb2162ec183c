/** One HTTP request of the client; there is never a body. */
export interface ExchangeRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** From connecting to the last byte. */
  readonly limitInMs: number;
}

/** What came of one HTTP request. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly reasonPhrase: string;
      /** Names in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      readonly text: string;
    }
  | {
      readonly kind: 'unanswered';
      readonly reason: 'timeout' | 'aborted' | 'network' | 'tooLarge';
      /** True only where the request certainly never reached the service. */
      readonly neverSent: boolean;
      /** A code such as `ECONNRESET`, never a message. */
      readonly detail: string;
    };

/** The network edge: sends one request and never throws. */
export interface Transport {
  /** Loads what `send` needs, so that its limit counts for the network alone. */
  prepare(): Promise<void>;
  send(request: ExchangeRequest): Promise<Exchange>;
  close(): void;
}
