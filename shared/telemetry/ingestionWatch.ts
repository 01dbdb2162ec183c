import type { AzureMonitorExporterOptions } from '@azure/monitor-opentelemetry-exporter';

/** What was seen of one attempt; the exporter itself tells but success or failure. */
export interface SeenIngestion {
  /** Null where nothing was answered. */
  readonly status: number | null;
  /** The header as it came; null where there was none. */
  readonly retryAfter: string | null;
  readonly body: string;
  /** A code such as `ECONNREFUSED`; null where there was none. */
  readonly problem: string | null;
}

/** Looks at what one exporter sends, and bounds it in time. Its attempts come one after the other. */
export interface IngestionWatch {
  begin(): void;
  seen(): SeenIngestion;
  /** For the exporter to be made with. */
  readonly policies: NonNullable<AzureMonitorExporterOptions['additionalPolicies']>;
}

const nothing: SeenIngestion = { status: null, retryAfter: null, body: '', problem: null };

/** A watch that has seen nothing yet. */
export function createIngestionWatch(attemptInMs: number): IngestionWatch {
  let seen = nothing;
  return {
    begin: () => {
      seen = nothing;
    },
    seen: () => seen,
    policies: [
      {
        position: 'perRetry',
        policy: {
          name: 'watchIngestion',
          sendRequest: async (request, next) => {
            request.timeout = attemptInMs;
            try {
              const answer = await next(request);
              const retryAfter = answer.headers.get('retry-after') ?? null;
              seen = { status: answer.status, retryAfter, body: answer.bodyAsText ?? '', problem: null };
              return answer;
            } catch (error) {
              seen = { ...nothing, problem: codeOf(error) };
              throw error;
            }
          },
        },
      },
    ],
  };
}

/** A code, never a message: that may hold an address. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'unanswered';
}
