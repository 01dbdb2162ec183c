import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Clock } from '../time/clock.ts';
import { nameDependency, serviceOf } from './nameDependency.ts';
import type { Telemetry } from './telemetry.ts';

interface Begun {
  readonly url: URL;
  readonly method: string;
  readonly startedMs: number;
  /** Leads back to where the request was made: answers come outside of any invocation. */
  readonly within: ReturnType<typeof AsyncLocalStorage.snapshot>;
}

/**
 * Records each request that is made by the global `fetch`, as MSAL and the reading of Entra's keys make theirs. Source:
 * undici, "Diagnostics Channel Support".
 */
export function watchFetch(telemetry: Telemetry, clock: Clock): void {
  const begun = new WeakMap<object, Begun>();
  const end = (message: unknown, status: number | null) => {
    const request = partOf(message, 'request');
    const found = request === null ? undefined : begun.get(request);
    if (request === null || found === undefined) {
      return;
    }
    begun.delete(request);
    const { url, method, startedMs, within } = found;
    within(() =>
      telemetry.dependency({
        ...{ name: nameDependency(method, url), method, url, startedMs, spanId: null },
        durationInMs: clock.now() - startedMs,
        resultCode: status === null ? 'unanswered' : String(status),
        success: status !== null && status < 400,
        properties: { service: serviceOf(url) },
      }),
    );
  };
  subscribe('undici:request:create', (message) => {
    const request = partOf(message, 'request');
    const { origin, path, method } = { origin: null, path: null, method: null, ...request };
    const address = `${String(origin)}${String(path)}`;
    if (request !== null && URL.canParse(address)) {
      const within = AsyncLocalStorage.snapshot();
      begun.set(request, { url: new URL(address), method: String(method), startedMs: clock.now(), within });
    }
  });
  subscribe('undici:request:headers', (message) => {
    const { statusCode } = { statusCode: null, ...partOf(message, 'response') };
    end(message, typeof statusCode === 'number' ? statusCode : null);
  });
  subscribe('undici:request:error', (message) => end(message, null));
}

function partOf(message: unknown, name: 'request' | 'response'): object | null {
  const part: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, name) : null;
  return typeof part === 'object' ? part : null;
}
