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

/** Why there is no run: the app answered, and what it says is for people. */
export interface TickRefusal {
  readonly refusal: string;
}

const refusalSchema = z.looseObject({ code: z.string(), title: z.string() });

/**
 * Runs one tick by hand; a run that failed is a run. Settings that are wrong make none, and are told one by one: the app goes on
 * serving, as it does in Azure. @throws Error in one sentence when the answer is neither.
 */
export async function runTick(options: {
  readonly url: string;
  readonly functionKey: string;
}): Promise<TickRun | TickRefusal> {
  const response = await fetch(`${options.url}/api/tick`, {
    method: 'POST',
    headers: { 'x-functions-key': options.functionKey, 'content-type': 'application/json' },
    body: '{}',
  });
  const text = await response.text();
  const run = answerSchema.safeParse(parseJson(text));
  const refused = refusalSchema.safeParse(parseJson(text)).data;
  if (!run.success && refused?.code === 'config_invalid') {
    return { refusal: `${refused.title}\n${await problemsOf(options)}` };
  }
  if (!run.success) {
    throw new Error(`POST /api/tick answered ${response.status} and no run: ${text.slice(0, 500)}`);
  }
  return run.data;
}

const detailsSchema = z.looseObject({
  problems: z.array(z.looseObject({ name: z.string(), message: z.string() })),
});

async function problemsOf({ url, functionKey }: { url: string; functionKey: string }): Promise<string> {
  const response = await fetch(`${url}/api/health/details`, { headers: { 'x-functions-key': functionKey } });
  const { problems } = detailsSchema.parse(await response.json());
  return problems.map(({ name, message }) => `! ${name} ${message}`).join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
