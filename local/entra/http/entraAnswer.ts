import type { OutgoingHttpHeaders } from 'node:http';

/** One answer: JSON, a page, or a redirect. */
export type EntraAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'page'; readonly status: number; readonly html: string }
  | { readonly kind: 'redirect'; readonly location: string };

/** Status, headers and body as they go out. */
export function renderAnswer(answer: EntraAnswer): {
  status: number;
  headers: OutgoingHttpHeaders;
  text: string;
} {
  const common = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' };
  switch (answer.kind) {
    case 'json':
      return {
        status: answer.status,
        headers: { ...common, 'content-type': 'application/json; charset=utf-8' },
        text: JSON.stringify(answer.body),
      };
    case 'page':
      return {
        status: answer.status,
        headers: {
          ...common,
          'content-type': 'text/html; charset=utf-8',
          'referrer-policy': 'no-referrer',
          'x-frame-options': 'DENY',
        },
        text: answer.html,
      };
    case 'redirect':
      return { status: 302, headers: { ...common, location: answer.location }, text: '' };
  }
}
