import type { CallWatch } from '../insights/callWatch.ts';
import { nameDependency } from './nameDependency.ts';
import type { Telemetry } from './telemetry.ts';

/** Records each request to the Insights API of one account, and how long its calls were held back. */
export function watchInsightsCalls(telemetry: Telemetry, account: string): CallWatch {
  return {
    exchanged: ({ method, url, startedMs, durationInMs, attempt, requestId, httpStatus, code }) => {
      const name = nameDependency(method, url);
      const resultCode = String(httpStatus ?? code ?? 'unanswered');
      const reportId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(url.pathname)?.[0] ?? null;
      telemetry.dependency({
        ...{ name, method, url, startedMs, durationInMs, resultCode },
        success: code === null,
        spanId: null,
        properties: {
          service: 'partnerCenter',
          account,
          attempt: String(attempt),
          requestId,
          reportId,
          code,
        },
      });
      telemetry.metric('apiCalls', 1, { account, operation: name, resultCode });
    },
    ended: ({ throttledInMs }) => {
      if (throttledInMs > 0) {
        telemetry.metric('throttledTimeInMs', throttledInMs, { account });
      }
    },
  };
}
