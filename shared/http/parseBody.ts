import type { z } from 'zod';
import { type Answer, problemAnswer, type RequestFault } from './problem.ts';

/** A request's body may be this long. */
export const MAX_BODY_IN_BYTES = 1024 * 1024;

/** Most faults told at once. */
const MAX_FAULTS = 50;

export type ParsedBody<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Answer };

/** Parses a body by its schema. Every fault is named by the JSON pointer of its field. */
export function parseBody<Value>(bytes: Uint8Array, schema: z.ZodType<Value>): ParsedBody<Value> {
  if (bytes.byteLength > MAX_BODY_IN_BYTES) {
    return refuse(
      413,
      'body_too_large',
      `The body is longer than ${MAX_BODY_IN_BYTES} bytes: name fewer reports per request.`,
    );
  }
  const json = parseJson(bytes);
  if (json === undefined) {
    return refuse(
      400,
      'not_json',
      'The body is not JSON in UTF-8: send an object like {"reportIds": ["..."]}.',
    );
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, answer: invalid(parsed.error.issues.flatMap(faultsOf)) };
}

function invalid(faults: readonly RequestFault[]): Answer {
  return problemAnswer(400, {
    code: 'invalid_request_body',
    title: 'The request is invalid; nothing was sent to Partner Center.',
    errors: faults.slice(0, MAX_FAULTS),
  });
}

function refuse(status: number, code: string, title: string): { ok: false; answer: Answer } {
  return { ok: false, answer: problemAnswer(status, { code, title }) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function faultsOf(issue: z.core.$ZodIssue): readonly RequestFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: 'is not a property of this request',
    }));
  }
  return [{ pointer: pointerOf(issue.path), message: issue.message }];
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
