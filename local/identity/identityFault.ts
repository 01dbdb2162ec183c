type Answered = Readonly<Record<string, unknown>>;

/** How the endpoint misbehaves for its next requests. */
export type IdentityFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterInSeconds?: number }
  /** Refuses in these very words; a text is no JSON. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: Answered | string }
  | { readonly kind: 'slow'; readonly delayInMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' };
