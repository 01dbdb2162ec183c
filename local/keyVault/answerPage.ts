import { badParameter, type KeyVaultAnswer } from './keyVaultAnswer.ts';

/** Key Vault's own limit and default. */
const maxItems = 25;

/** One page of a list, and the link to the next where there is one. */
export function answerPage(
  items: readonly Readonly<Record<string, unknown>>[],
  url: URL,
  vaultUrl: string,
): KeyVaultAnswer {
  const size = Number(url.searchParams.get('maxresults') ?? maxItems);
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  if (!Number.isInteger(size) || size < 1 || size > maxItems || !Number.isInteger(start) || start < 0) {
    return badParameter(`The parameter maxresults must be from 1 to ${maxItems}.`);
  }
  const end = start + size;
  const next = new URL(url.pathname + url.search, vaultUrl);
  next.searchParams.set('$skiptoken', String(end));
  return {
    status: 200,
    body: { value: items.slice(start, end), nextLink: end < items.length ? next.href : null },
  };
}
