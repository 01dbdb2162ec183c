import { z } from 'zod';
import { judgeSelector, selectorFields } from '../windows/parseReportSelector.ts';
import { told } from './answers/told.ts';
import { reportIds } from './requestFields.ts';

/** Which reports a request means, written as a window writes it; no more ids than one request may name. */
export function reportSelector(maxReports: number) {
  const { all, namePattern, queryId } = selectorFields;
  return z
    .strictObject(
      {
        ids: told(reportIds(maxReports).optional(), 'Report IDs', 'The reports with these ids.'),
        all: told(all, 'All', 'Every report of the account.'),
        namePattern: told(
          namePattern,
          'Name Pattern',
          'The reports whose whole name matches, whatever the case: * stands for any characters, ? for one.',
        ),
        queryId: told(queryId, 'Query ID', 'The reports of this query; with a pattern both must match.'),
      },
      'must be an object like {"namePattern": "Sales*"}',
    )
    .transform((written, context) => {
      const judged = judgeSelector(written);
      if (judged.ok) {
        return judged.value;
      }
      for (const { path, message } of judged.faults) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
      return z.NEVER;
    });
}
