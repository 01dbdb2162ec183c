import { randomBytes } from 'node:crypto';
import type { TraceContext } from './coreTypes.ts';

const traceParentPattern = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's place in its trace, or a new one where it sent none that counts. Source: W3C Trace Context. */
export function traceContextOf(headers: { traceparent?: unknown; tracestate?: unknown }): TraceContext {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent === 'string' && traceParentPattern.test(traceparent)) {
    return {
      traceParent: traceparent,
      traceState: typeof tracestate === 'string' ? tracestate : '',
      attributes: {},
    };
  }
  return {
    traceParent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
    traceState: '',
    attributes: {},
  };
}
