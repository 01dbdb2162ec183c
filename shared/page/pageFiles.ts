import type { Answer } from '../wire/problem.ts';
import type { BuiltPage } from './builtPage.ts';

/** What every answer of the page bears. */
export const FOR_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Loaded when it is first asked for: no other route needs it. */
export async function loadPage(): Promise<BuiltPage | null> {
  const { builtPage } = await import('./builtPage.ts');
  return builtPage;
}

/** As the host answers a route that is none. */
export function notFound(): Answer {
  return { status: 404, headers: { ...FOR_ALL, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}
