/** One object of an answer, in the wire's camelCase. */
export type Item = Record<string, unknown>;

/** What every operation answers with, success or application error alike. */
export interface Envelope {
  items: Item[];
  /** Link to the next page, or null. */
  nextLink: string | null;
  message: string | null;
  statusCode: number;
}

type AnswerBody =
  | { kind: 'envelope'; envelope: Envelope }
  | { kind: 'json'; value: unknown }
  | { kind: 'text'; contentType: string; text: string }
  | { kind: 'none' };

/** One HTTP answer, before casing and headers of the surface. */
export interface Answer {
  status: number;
  reasonPhrase?: string;
  headers?: Record<string, string>;
  body: AnswerBody;
}

/** Success: HTTP 200 and the objects. */
export function success(items: Item[], message: string | null, nextLink: string | null = null): Answer {
  return { status: 200, body: { kind: 'envelope', envelope: { items, nextLink, message, statusCode: 200 } } };
}

/** An error of the Insights application: the envelope without objects. */
export function refusal(statusCode: number, message: string): Answer {
  return {
    status: statusCode,
    body: { kind: 'envelope', envelope: { items: [], nextLink: null, message, statusCode } },
  };
}

/** An error of the API Management gateway in front of it: no envelope. */
export function gatewayRefusal(
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  return { status: statusCode, headers, body: { kind: 'json', value: { statusCode, message } } };
}
