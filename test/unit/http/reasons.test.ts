import type { z } from 'zod';
import { adoptRequestSchema } from '../../../shared/http/adoptRequestSchema.ts';
import { relearnRequestSchema } from '../../../shared/http/relearnRequestSchema.ts';
import {
  acknowledgeRequestSchema,
  drainRequestSchema,
  pauseRequestSchema,
  resumeRequestSchema,
} from '../../../shared/http/requestSchemas.ts';
import { endRequestSchema, extendRequestSchema } from '../../../shared/http/windowRequestSchemas.ts';

const limits = { maxReports: 10, nowMs: Date.UTC(2026, 4, 1), impliedAccount: 'default' };
const reportIds = ['11111111-1111-4111-8111-111111111111'];
const pauses = [
  { reportId: reportIds[0], pausedAtUtc: '2026-04-01T00:00:00Z', modifiedTime: '', contents: '' },
];

const requests: readonly (readonly [string, z.ZodType<{ readonly reason: string }>, object])[] = [
  ['pause', pauseRequestSchema(limits), { reportIds }],
  ['resume', resumeRequestSchema(limits), { reportIds }],
  ['drain', drainRequestSchema(limits), { confirm: 'drain' }],
  ['acknowledge', acknowledgeRequestSchema(limits), { reportIds }],
  ['adopt', adoptRequestSchema(limits), { pauses }],
  ['relearn', relearnRequestSchema, {}],
  ['end', endRequestSchema, {}],
  ['extend', extendRequestSchema, { by: 'PT2H' }],
];

test.each(requests)(
  'the reason of a request to %s is one line without a secret, as it is kept and shown',
  async (_route, schema, body) => {
    const reason =
      'see \u001b[31mred\u001b[0m\nand AccountKey=c2VjcmV0;EndpointSuffix=x https://a.example/?sig=1';

    const read = await schema.parseAsync({ ...body, reason });

    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(read.reason).not.toMatch(/[\u0000-\u001f]|c2VjcmV0|https:/);
    expect(read.reason).toContain('see');
  },
);
