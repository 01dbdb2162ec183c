import type { z } from 'zod';
import { type Answer, problemAnswer, type RequestFault } from '../wire/problem.ts';
import { JSON_BOUNDS, type JsonBound, readJson } from '../wire/readJson.ts';
import { MAX_FAULTS } from './boundedList.ts';

/** A request's body may be this long. */
export const MAX_BODY_IN_BYTES = 1024 * 1024;

export type ParsedBody<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Answer };

/** Parses a body by its schema. Every fault is named by the JSON pointer of its field. */
export async function parseBody<Value>(
  bytes: Uint8Array,
  schema: z.ZodType<Value>,
): Promise<ParsedBody<Value>> {
  if (bytes.byteLength > MAX_BODY_IN_BYTES) {
    return { ok: false, answer: bodyTooLargeAnswer() };
  }
  const json = readJson(bytes);
  switch (json.kind) {
    case 'notJson':
      return refuse(
        400,
        'not_json',
        'The body is not JSON in UTF-8: send an object like {"reportIds": ["..."]}.',
      );
    case 'tooComplex':
      return refuse(
        413,
        'body_too_complex',
        `The body has more than ${JSON_BOUNDS[json.bound]} ${BOUND_WORDS[json.bound]}: send several requests.`,
      );
    case 'read': {
      const parsed = await schema.safeParseAsync(json.value);
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, answer: invalid(parsed.error.issues.flatMap(faultsOf)) };
    }
  }
}

/** The answer to a body that is longer than {@link MAX_BODY_IN_BYTES}; nothing of it was looked at. */
export function bodyTooLargeAnswer(): Answer {
  return problemAnswer(413, {
    code: 'body_too_large',
    title: `The body is longer than ${MAX_BODY_IN_BYTES} bytes: name fewer reports per request.`,
  });
}

const BOUND_WORDS: Readonly<Record<JsonBound, string>> = {
  depth: 'lists and objects in one another',
  members: 'members of objects',
  values: 'values',
};

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

function faultsOf(issue: z.core.$ZodIssue): readonly RequestFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_FAULTS).map((key) => ({
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
