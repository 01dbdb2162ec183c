import { z } from 'zod';
import type { ReportSelector } from '../model/reportSelector.ts';
import { idField, idsField, patternField, quotedFaultsOf } from './windowFields.ts';
import { bad, good, type Parsed } from './windowProblem.ts';

/** How a window, or a request, writes which reports it means. */
export const selectorFields = {
  ids: idsField.optional(),
  all: z.boolean().optional(),
  namePattern: patternField.optional(),
  queryId: idField.optional(),
};

const selectorInput = z.strictObject(selectorFields);

type WrittenSelector = Readonly<z.output<typeof selectorInput>>;

/**
 * The property `reports` of a window: `{ids}`, `{namePattern}`, `{queryId}`, both of these two (both must match), or
 * `{all: true}`. An empty selector is refused, and so is a pattern that would match every report without saying so.
 */
export function parseReportSelector(input: unknown): Parsed<ReportSelector> {
  const read = selectorInput.safeParse(input);
  if (!read.success) return { ok: false, faults: quotedFaultsOf(read.error, input) };
  return judgeSelector(read.data);
}

/** What is written, each field for itself in order, as a selector; or what it lacks, or says twice. */
export function judgeSelector({ ids, all = false, ...match }: WrittenSelector): Parsed<ReportSelector> {
  const { namePattern = null, queryId = null } = match;
  const matches = namePattern !== null || queryId !== null;
  if ((ids && (all || matches)) || (all && matches)) {
    return bad(
      [],
      'conflicting_selectors',
      'Name either ids, or a namePattern and/or queryId, or all: true; for more make another window.',
    );
  }
  if (ids)
    return ids.length > 0
      ? good({ kind: 'ids', reportIds: ids })
      : bad(['ids'], 'empty_selector', 'Name at least one report id.');
  if (!all && !matches) {
    return bad(
      [],
      'empty_selector',
      'No report is named. Give ids, namePattern or queryId, or all: true for every report.',
    );
  }
  if (namePattern !== null && queryId === null && /^[*?\s]*$/.test(namePattern)) {
    return bad(
      ['namePattern'],
      'match_all_not_explicit',
      'This matches any report. Say all: true if that is meant.',
    );
  }
  return good({ kind: 'match', all, namePattern, queryId });
}
