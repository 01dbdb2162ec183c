import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Outcome } from '../faults/faultPlan.ts';
import type { Policies } from '../policies/policies.ts';
import type { Surface } from '../surfaces.ts';
import type { Answer } from './answer.ts';
import { renderBody } from './renderAnswer.ts';

/** What is known of the request when it is time to answer. */
export interface AnswerFrame {
  surface: Surface | null;
  casing: Policies['casing'];
  /** What `Date` says. */
  dateMs: number;
  requestHeaders: IncomingHttpHeaders;
  /** What `isMfaCompliant` says, or null where the header has no place. */
  isMfaCompliant: boolean | null;
}

/** Puts an outcome on the wire. */
export function writeOutcome(response: ServerResponse, outcome: Outcome, frame: AnswerFrame): void {
  switch (outcome.kind) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'answer': {
      const { text } = writeHead(response, outcome.answer, frame, 'whole');
      response.end(text);
      return;
    }
    case 'truncated': {
      const { text } = writeHead(response, outcome.answer, frame, outcome.cutConnection ? 'whole' : 'half');
      const half = text.subarray(0, Math.floor(text.length / 2));
      if (outcome.cutConnection) {
        response.write(half, () => response.socket?.destroy());
      } else {
        response.end(half);
      }
      return;
    }
  }
}

function writeHead(
  response: ServerResponse,
  answer: Answer,
  frame: AnswerFrame,
  length: 'whole' | 'half',
): { text: Buffer } {
  const body = renderBody(answer, frame.surface, frame.casing);
  const text = Buffer.from(body.text);
  const headers = {
    ...tracingHeaders(frame),
    ...(body.contentType === null ? {} : { 'Content-Type': body.contentType }),
    'Content-Length': String(length === 'whole' ? text.length : Math.floor(text.length / 2)),
    ...answer.headers,
  };
  response.sendDate = false;
  if (answer.reasonPhrase === undefined) {
    response.writeHead(answer.status, headers);
  } else {
    response.writeHead(answer.status, answer.reasonPhrase, headers);
  }
  return { text };
}

/** Source: Partner Center, "REST headers"; `Date` is of the emulator's clock, not the machine's. */
function tracingHeaders({ requestHeaders, dateMs, isMfaCompliant }: AnswerFrame): Record<string, string> {
  return {
    Date: new Date(dateMs).toUTCString(),
    'MS-RequestId': textOf(requestHeaders['ms-requestid']) ?? randomUUID(),
    'MS-CorrelationId': textOf(requestHeaders['ms-correlationid']) ?? randomUUID(),
    'MS-CV': `${randomBytes(12).toString('base64').replaceAll('=', '')}.0`,
    ...(isMfaCompliant === null ? {} : { isMfaCompliant: String(isMfaCompliant) }),
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
