import { z } from 'zod';

/** What one served function is, as its registration says it with settings filled in. */
const hostedFunctionSchema = z.object({
  name: z.string(),
  /** Trigger type, e.g. `httpTrigger`. */
  type: z.string(),
  /** With the route prefix and no leading slash, e.g. `api/reports/{id?}`; null where the trigger is not HTTP. */
  route: z.string().nullable(),
  /** Upper case; empty where the trigger is not HTTP. */
  methods: z.array(z.string()),
  authLevel: z.enum(['anonymous', 'function', 'admin']).nullable(),
  /** NCRONTAB with `%SETTING%` filled in; null where the trigger is not a timer. */
  schedule: z.string().nullable(),
  /** In lower case with `%SETTING%` filled in; null where the trigger is not a queue. */
  queueName: z.string().nullable(),
});
export type HostedFunction = z.infer<typeof hostedFunctionSchema>;

/** The parent's messages. Keys travel here and not in arguments, which every user of the machine can list. */
export const messageToHostSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    appDirectory: z.string(),
    stateDirectory: z.string(),
    port: z.number(),
    keys: z.object({ master: z.string().min(1), function: z.string().min(1) }),
    /** How long a stop waits for invocations that still run. */
    stopTimeoutInMs: z.number(),
    /** How long a queue's message stays invisible after the host that had it was killed. */
    messageLeaseInSeconds: z.int().min(1),
  }),
  z.object({ kind: z.literal('stop') }),
]);
export type MessageToHost = z.infer<typeof messageToHostSchema>;
export type StartMessage = Extract<MessageToHost, { kind: 'start' }>;

/** One invocation that is over, as the real host would tell Application Insights of it. */
const invocationSchema = z.object({
  function: z.string(),
  invocationId: z.string(),
  traceParent: z.string(),
  startedAtMs: z.number(),
  durationInMs: z.number(),
  hasSucceeded: z.boolean(),
});
export type HostedInvocation = z.infer<typeof invocationSchema>;

/** The child's messages: first exactly one of `ready` and `failed`, then one per invocation. */
export const messageFromHostSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    url: z.string(),
    functions: z.array(hostedFunctionSchema),
    /** Functions that are registered but not served, a sentence each. */
    problems: z.array(z.string()),
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  z.object({ kind: z.literal('invoked'), invocation: invocationSchema }),
]);
export type MessageFromHost = z.infer<typeof messageFromHostSchema>;
