import { z } from 'zod';

type Status = 'Succeeded' | 'Failed' | 'TimedOut' | 'Skipped';

interface Action {
  readonly type: string;
  readonly runAfter: Readonly<Record<string, readonly string[]>>;
  readonly inputs?: unknown;
  readonly expression?: unknown;
  readonly operationOptions?: string | undefined;
  readonly limit?: { readonly count?: number | undefined } | undefined;
  readonly actions?: Readonly<Record<string, Action>> | undefined;
  readonly else?: { readonly actions: Readonly<Record<string, Action>> } | undefined;
}

const actionShape: z.ZodType<Action> = z.looseObject({
  type: z.enum(['Http', 'Scope', 'If', 'Until', 'Wait', 'Compose', 'Terminate']),
  runAfter: z.record(z.string(), z.array(z.enum(['Succeeded', 'Failed', 'TimedOut', 'Skipped']))),
  inputs: z.unknown().optional(),
  expression: z.unknown().optional(),
  operationOptions: z.string().optional(),
  limit: z.looseObject({ count: z.number().optional() }).optional(),
  get actions() {
    return z.record(z.string(), actionShape).optional();
  },
  get else() {
    return z.object({ actions: z.record(z.string(), actionShape) }).optional();
  },
});

/** A workflow as Logic Apps reads it: the part that the sample uses. */
export const workflowShape = z.object({
  parameters: z.record(z.string(), z.object({ type: z.string(), defaultValue: z.unknown().optional() })),
  triggers: z.record(z.string(), z.object({ type: z.string() })),
  actions: z.record(z.string(), actionShape),
});

const httpShape = z.object({
  method: z.string(),
  uri: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  authentication: z.object({ type: z.literal('ManagedServiceIdentity'), audience: z.string() }),
});
const terminateShape = z.object({
  runStatus: z.enum(['Failed', 'Succeeded', 'Cancelled']),
  runError: z.object({ code: z.string(), message: z.string() }),
});

/** How a run of a workflow ended. */
export interface WorkflowRun {
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled';
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly actions: ReadonlyMap<string, { readonly status: Status; readonly body: unknown }>;
  /** The statuses of the answers to each call, in order. */
  readonly answered: readonly (readonly [action: string, statuses: readonly number[]])[];
}

/** What a run is given from outside. */
export interface WorkflowWorld {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly runName: string;
  /** How the work ends: the action that the user replaces. */
  readonly work: Exclude<Status, 'Skipped'>;
  tokenFor(audience: string): Promise<string>;
  /** What happens meanwhile, wherever it waits. */
  readonly meanwhile?: () => Promise<void>;
}

/**
 * Runs a workflow as Logic Apps does, over real HTTP: `runAfter`, scopes, conditions, loops, termination, expressions, and the
 * asynchronous pattern of its HTTP action, which asks the `Location` of a 202 until it is answered with something else.
 * Source: "Schema reference guide for trigger and action types in Azure Logic Apps". It never waits: not for
 * `Retry-After`, and not before it repeats anything.
 */
export async function runWorkflow(definition: unknown, world: WorkflowWorld): Promise<WorkflowRun> {
  const workflow = workflowShape.parse(definition);
  const done = new Map<string, { status: Status; body: unknown }>();
  const answered: [string, number[]][] = [];
  let ended: z.infer<typeof terminateShape> | null = null;
  const parameters = Object.fromEntries(
    Object.entries(workflow.parameters).map(([name, { defaultValue }]) => [
      name,
      world.parameters[name] ?? defaultValue,
    ]),
  );
  const functions: Functions = {
    parameters: (name) => parameters[name],
    body: (name) => done.get(name)?.body ?? null,
    actions: (name) => done.get(name) ?? null,
    workflow: () => ({ name: 'sample', run: { name: world.runName } }),
  };
  const evaluate = (value: unknown) => evaluateAll(value, functions);

  const runAll = async (actions: Readonly<Record<string, Action>>): Promise<Status> => {
    let waiting = Object.entries(actions);
    while (waiting.length > 0 && ended === null) {
      const ready = waiting.find(([, { runAfter }]) => Object.keys(runAfter).every((name) => done.has(name)));
      if (ready === undefined) {
        throw new Error(`nothing can run of ${waiting.map(([name]) => name).join()}`);
      }
      const [name, action] = ready;
      waiting = waiting.filter((one) => one !== ready);
      const isWanted = Object.entries(action.runAfter).every(([before, statuses]) =>
        statuses.includes(done.get(before)?.status ?? ''),
      );
      done.set(name, isWanted ? await runOne(name, action) : { status: 'Skipped', body: null });
    }
    const statuses = Object.keys(actions).map((name) => done.get(name)?.status);
    return statuses.some((status) => status === 'Failed' || status === 'TimedOut') ? 'Failed' : 'Succeeded';
  };

  const runOne = async (name: string, action: Action): Promise<{ status: Status; body: unknown }> => {
    switch (action.type) {
      case 'Http': {
        const isFollowed = action.operationOptions !== 'DisableAsyncPattern';
        const [status, body, statuses] = await call(
          httpShape.parse(evaluate(action.inputs)),
          world,
          isFollowed,
        );
        answered.push([name, statuses]);
        return { status, body };
      }
      case 'Scope':
        return { status: await runAll(action.actions ?? {}), body: null };
      case 'If': {
        const branch = isTrue(action.expression, evaluate) ? action.actions : action.else?.actions;
        return { status: await runAll(branch ?? {}), body: null };
      }
      case 'Until':
        return { status: await repeat(action), body: null };
      case 'Wait':
        await world.meanwhile?.();
        return { status: 'Succeeded', body: null };
      case 'Terminate':
        ended = terminateShape.parse(evaluate(action.inputs));
        return { status: 'Succeeded', body: null };
      default:
        return { status: world.work, body: evaluate(action.inputs) };
    }
  };

  /** Each round begins anew; a loop that reaches its limit is told as failed, which Azure may tell otherwise. */
  const repeat = async ({ actions = {}, expression, limit }: Action): Promise<Status> => {
    for (let round = 0; round < (limit?.count ?? 60); round += 1) {
      for (const name of Object.keys(actions)) done.delete(name);
      await runAll(actions);
      if (isEqual(z.string().parse(expression), evaluate)) return 'Succeeded';
    }
    return 'Failed';
  };

  const status = await runAll(workflow.actions);
  const { runStatus = status === 'Succeeded' ? 'Succeeded' : 'Failed', runError = null } = over(ended);
  return { status: runStatus, error: runError, actions: done, answered };
}

/** The compiler does not see that an inner function may have set it. */
function over(ended: z.infer<typeof terminateShape> | null): Partial<z.infer<typeof terminateShape>> {
  return ended ?? {};
}

async function call(
  { method, uri, headers, body, authentication }: z.infer<typeof httpShape>,
  world: WorkflowWorld,
  isFollowed: boolean,
): Promise<readonly [Status, unknown, number[]]> {
  const authorization = `Bearer ${await world.tokenFor(authentication.audience)}`;
  let response = await fetch(uri, {
    method,
    headers: { ...headers, authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  let text = await response.text();
  const statuses = [response.status];
  while (isFollowed && response.status === 202) {
    response = await fetch(response.headers.get('location') ?? '', { headers: { authorization } });
    text = await response.text();
    statuses.push(response.status);
  }
  return [response.ok ? 'Succeeded' : 'Failed', text === '' ? null : JSON.parse(text), statuses];
}

type Functions = Readonly<Record<string, (name: string) => unknown>>;

/** Replaces every expression in a value. */
function evaluateAll(value: unknown, functions: Functions): unknown {
  if (typeof value === 'string') {
    return value.startsWith('@') && !value.startsWith('@{')
      ? evaluateOne(value.slice(1), functions)
      : value.replace(/@\{([^}]*)\}/g, (_all, expression: string) => {
          const found = evaluateOne(expression, functions);
          return typeof found === 'string' ? found : found === null ? '' : JSON.stringify(found);
        });
  }
  if (Array.isArray(value)) {
    return value.map((one) => evaluateAll(one, functions));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluateAll(one, functions)]))
    : value;
}

/** One expression: a function with at most one text, and properties of what it gives; `?` allows for null. */
function evaluateOne(expression: string, functions: Functions): unknown {
  const called = /^(\w+)\((?:'([^']*)')?\)/.exec(expression);
  const found = functions[called?.[1] ?? ''];
  if (called === null || found === undefined) {
    throw new Error(`this is no expression that the sample may use: ${expression}`);
  }
  const path = expression.slice(called[0].length);
  const steps = [...path.matchAll(/(\?)?(?:\['([^']+)'\]|\.(\w+))/g)];
  if (steps.map(([all]) => all).join('') !== path) {
    throw new Error(`these are no properties: ${path}`);
  }
  return steps.reduce<unknown>(
    (value, [, isOptional, quoted, dotted]) => {
      const name = quoted ?? dotted ?? '';
      if (typeof value !== 'object' || value === null) {
        if (isOptional === undefined) {
          throw new Error(`${expression} asks null for ${name}`);
        }
        return null;
      }
      return Object.entries(value).find(([key]) => key === name)?.[1] ?? null;
    },
    found(called[2] ?? ''),
  );
}

/** The one comparison that the condition of a loop may make. */
function isEqual(expression: string, evaluate: (value: unknown) => unknown): boolean {
  const [, one = '', other = ''] = /^@equals\((.+), (true|false)\)$/.exec(expression) ?? [];
  return evaluate(`@${one}`) === (other === 'true');
}

function isTrue(condition: unknown, evaluate: (value: unknown) => unknown): boolean {
  const shape = z.union([
    z.strictObject({ and: z.array(z.unknown()) }),
    z.strictObject({ not: z.unknown() }),
    z.strictObject({ equals: z.tuple([z.unknown(), z.unknown()]) }),
  ]);
  const told = shape.parse(condition);
  if ('and' in told) {
    return told.and.every((one) => isTrue(one, evaluate));
  }
  if ('not' in told) {
    return !isTrue(told.not, evaluate);
  }
  const [one, other] = told.equals.map(evaluate);
  return one === other;
}
