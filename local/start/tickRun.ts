import { z } from 'zod';

const resultSchema = z.looseObject({
  reportId: z.string(),
  reportName: z.string(),
  outcome: z.string(),
  code: z.string(),
  message: z.string(),
  before: z.string().nullish(),
  after: z.string().nullish(),
});

const eventSchema = z.looseObject({
  name: z.string(),
  reportId: z.string(),
  reportName: z.string(),
  detail: z.string(),
});

const runSchema = z.looseObject({
  runId: z.string(),
  status: z.enum(['ok', 'partial', 'failed']),
  durationInMs: z.number(),
  results: z.array(resultSchema),
  problems: z.array(z.looseObject({ code: z.string(), message: z.string() })).default([]),
  events: z.array(eventSchema).default([]),
});

/** A problem document has the run inside. */
const answerSchema = z.union([runSchema, z.looseObject({ run: runSchema }).transform(({ run }) => run)]);

/** One run as `POST /api/tick` answers it, as far as it is shown here; further fields are kept. */
export type TickRun = z.infer<typeof runSchema>;

/** Runs one tick by hand; a run that failed is a run. @throws Error in one sentence when the answer is not a run. */
export async function runTick(options: { url: string; functionKey: string }): Promise<TickRun> {
  const response = await fetch(`${options.url}/api/tick`, {
    method: 'POST',
    headers: { 'x-functions-key': options.functionKey, 'content-type': 'application/json' },
    body: '{}',
  });
  const text = await response.text();
  const run = answerSchema.safeParse(parseJson(text));
  if (!run.success) {
    throw new Error(`POST /api/tick answered ${response.status} and no run: ${text.slice(0, 500)}`);
  }
  return run.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
