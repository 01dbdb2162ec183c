import { isWindowName } from '../windows/windowFields.ts';
import { jsonPointer, quote, tame } from '../windows/windowProblem.ts';
import { parseWebhookSource } from './parseWebhookSource.ts';
import type { ParsedPart, SourceFault, WebhookProblem } from './webhookProblem.ts';
import type { WebhookSource } from './webhookSource.ts';

/** The most sources one list may have. */
const MAX_WEBHOOK_SOURCES = 100;

const MAX_PROBLEMS_PER_SOURCE = 20;

/** Other sources that one message names. */
const MAX_NAMED = 5;

/** What a list of sources says, as far as it can be understood. */
export interface ParsedWebhookSources {
  /** The sources without error. */
  readonly sources: readonly WebhookSource[];
  readonly problems: readonly WebhookProblem[];
}

interface Entry {
  readonly index: number;
  readonly label: string | null;
  /** Null unless it is a valid name. */
  readonly name: string | null;
  readonly parsed: ParsedPart<WebhookSource>;
}

/**
 * Reads a list of webhook sources from JSON. One bad source leaves the others working; two of the same name are both
 * refused. Pure; never throws.
 */
export function parseWebhookSources(
  value: unknown,
  options: { readonly defaultAccount: string | null },
): ParsedWebhookSources {
  if (!Array.isArray(value)) {
    return unreadable('not_a_list', 'The webhook sources must be a JSON list: [{"name": …, "kind": …}, …].');
  }
  if (value.length > MAX_WEBHOOK_SOURCES) {
    return unreadable(
      'over_limit',
      `There are ${value.length} webhook sources; ${MAX_WEBHOOK_SOURCES} is the most. None of them was read.`,
    );
  }
  const raw: readonly unknown[] = value;
  const entries = raw.map((item, index) => parseEntry(item, index, options.defaultAccount));
  const repeated = repeatedOf(entries.flatMap(({ name }) => (name === null ? [] : [name])));
  const isRepeated = ({ name }: Entry) => name !== null && repeated.has(name);
  const sources = entries.flatMap((entry) =>
    entry.parsed.ok && !isRepeated(entry) ? [entry.parsed.value] : [],
  );
  return {
    sources,
    problems: entries.flatMap((entry) => problemsOf(withSharing(entry, sources), isRepeated(entry))),
  };
}

function parseEntry(item: unknown, index: number, defaultAccount: string | null): Entry {
  const given = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  const text = typeof given === 'string' ? given : null;
  return {
    index,
    label: text === null ? null : tame(text, 63),
    name: text !== null && isWindowName(text) ? text : null,
    parsed: parseWebhookSource(item, defaultAccount),
  };
}

/** A signature says which secret made it and not for which source: whoever may send to one may send to the others. */
function withSharing(entry: Entry, sources: readonly WebhookSource[]): Entry {
  const { parsed } = entry;
  if (!parsed.ok || !sources.includes(parsed.value)) return entry;
  const proof = proofOf(parsed.value);
  const others = sources.filter((one) => one !== parsed.value && proofOf(one) === proof);
  if (others.length === 0) return entry;
  const names = others.slice(0, MAX_NAMED).map(({ name }) => quote(name));
  const all = others.length > MAX_NAMED ? [...names, `${others.length - MAX_NAMED} more`] : names;
  const fault: SourceFault = {
    path: parsed.value.secretName === null ? ['entra'] : ['secretName'],
    code: 'shared_proof',
    message: `A delivery for this source proves itself to ${all.join(', ')} as well, and the other way round. Give each source a secret of its own, or with "entra" a role of its own.`,
    severity: 'warning',
  };
  return { ...entry, parsed: { ...parsed, faults: [...parsed.faults, fault] } };
}

function proofOf({ authentication, secretName }: WebhookSource): string {
  if (authentication.type !== 'entra') return `secret ${secretName}`;
  const { rule, clientId, role } = authentication;
  return JSON.stringify([rule.tenantId, rule.audiences, clientId, role]);
}

function problemsOf({ index, label, parsed }: Entry, isRepeated: boolean): readonly WebhookProblem[] {
  const again: SourceFault = {
    path: ['name'],
    code: 'duplicate_name',
    message: 'Another source has this name, so that neither is used. Rename one of them.',
    severity: 'error',
  };
  const faults = isRepeated ? [again, ...parsed.faults] : parsed.faults;
  const rest: SourceFault = {
    path: [],
    code: 'more_problems',
    message: `The source has ${faults.length - MAX_PROBLEMS_PER_SOURCE} more problems like these.`,
    severity: parsed.ok && !isRepeated ? 'warning' : 'error',
  };
  const told =
    faults.length > MAX_PROBLEMS_PER_SOURCE ? [...faults.slice(0, MAX_PROBLEMS_PER_SOURCE), rest] : faults;
  return told.map(({ path, ...fault }) => ({
    source: label,
    pointer: jsonPointer([index, ...path]),
    ...fault,
  }));
}

function repeatedOf(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}

function unreadable(code: WebhookProblem['code'], message: string): ParsedWebhookSources {
  return { sources: [], problems: [{ source: null, pointer: '', code, message, severity: 'error' }] };
}
