import { z } from 'zod';
import type { RelearnRequest } from '../service/requests.ts';
import { safeText } from '../text/safeText.ts';
import { told } from './answers/told.ts';

/** `POST /api/accounts/{account}/relearn`; the account stands in the path. */
export const relearnRequestSchema: z.ZodType<Omit<RelearnRequest, 'account'>> = z.strictObject(
  {
    reason: told(
      z
        .string('must be text')
        .trim()
        .min(1, 'say why: it is told with the event')
        .max(400)
        .transform((text) => safeText(text, 400)),
      'Reason',
      'Why what was learned is to be forgotten; told with the event.',
    ),
  },
  'must be an object',
);
