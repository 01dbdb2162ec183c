import { z } from 'zod';
import type { Candidate } from '../../service/selectForRequest.ts';
import type { RequestFault } from '../../wire/problem.ts';
import { run } from './runAnswer.ts';
import { count, told } from './told.ts';

const requestFault = z.strictObject({
  pointer: told(z.string(), 'Pointer', 'Where the fault is, as a JSON pointer into the request.'),
  message: told(z.string(), 'Message', 'What is wrong there.'),
} satisfies Record<keyof RequestFault, z.ZodType>);

/** An event of a webhook delivery that was not taken. */
export const refusedEvent = z.strictObject({
  index: told(count, 'Index', 'Which event of the delivery it is, from zero.'),
  code: told(z.string(), 'Code', 'Why it was refused, by a stable code.'),
  field: told(z.string().nullable(), 'Field', 'The field that is at fault, if it is one.'),
});

/** An event of a webhook delivery that proved itself and asks for nothing here. */
export const ignoredEvent = z.strictObject({
  index: told(count, 'Index', 'Which event of the delivery it is, from zero.'),
  because: told(z.string(), 'Because', 'Why nothing was done for it, by a stable code.'),
});

/** A report that may be meant. */
const candidate = z.strictObject({
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report.'),
} satisfies Record<keyof Candidate, z.ZodType>);

/** A problem document. Source: RFC 9457. */
export const problem = z.strictObject({
  type: told(z.string(), 'Type', 'The code as a URN.'),
  title: told(z.string(), 'Title', 'What is wrong, in words for people.'),
  status: told(z.int().min(400).max(599), 'HTTP Status', 'The status of this answer.'),
  code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
  errors: told(z.array(requestFault).optional(), 'Errors', 'Every fault of the request.'),
  refused: told(z.array(refusedEvent).optional(), 'Refused', 'The events of a delivery that were not taken.'),
  candidates: told(
    z.array(candidate).optional(),
    'Candidates',
    'Reports that may be meant, where what was asked for means none or several; the first ten.',
  ),
  role: told(z.string().optional(), 'Role', 'The app role that the caller lacks.'),
  run: told(run.optional(), 'Run', 'The run that was not wholly done, where there was one.'),
});
