import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeRoutes, openApiDocument } from '../../../shared/openapi/openApiDocument.ts';
import { keySecurity } from '../../../shared/openapi/security.ts';
import type { SwaggerDocument } from '../../../shared/openapi/swagger.ts';
import { routes } from '../../../shared/routes/routes.ts';
import { workflowShape } from '../../endToEnd/logicAppRun.ts';

type Actions = z.infer<typeof workflowShape>['actions'];

const text = readFileSync('infra/logicApp/workflow.json', 'utf8');
const workflow = workflowShape.parse(JSON.parse(text));
let document: SwaggerDocument;
beforeAll(async () => {
  document = openApiDocument(await describeRoutes(routes), keySecurity);
});
const EVERY_END = ['Failed', 'Skipped', 'Succeeded', 'TimedOut'];

const callShape = z.object({
  method: z.string(),
  uri: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.record(z.string(), z.unknown()),
  authentication: z.unknown(),
});
const schemaShape = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).optional(),
});

const all = flattened(workflow.actions);
const calls = [...all].flatMap(([name, { type, inputs }]) =>
  type === 'Http' ? [{ name, ...callShape.parse(inputs) }] : [],
);

function flattened(actions: Actions): ReadonlyMap<string, Actions[string]> {
  return new Map(
    Object.entries(actions).flatMap(([name, action]) => [
      [name, action] as const,
      ...flattened(action.actions ?? {}),
      ...flattened(action.else?.actions ?? {}),
    ]),
  );
}

function operationOf(uri: string, method: string) {
  const path = uri.replace("@{parameters('functionAppUrl')}", '');
  return document.paths[path]?.[method.toLowerCase()];
}

function schemaOf(ref: unknown) {
  const { $ref } = z.object({ $ref: z.string() }).parse(ref);
  return schemaShape.parse(document.definitions[$ref.replace('#/definitions/', '')]);
}

describe('the definition of the sample logic app', () => {
  test('names in its expressions actions and parameters that it has, and uses each parameter', () => {
    const named = [...text.matchAll(/\b(?:body|actions|outputs)\('([^']*)'\)/g)].map(([, name = '']) => name);
    const parameters = [...text.matchAll(/\bparameters\('([^']*)'\)/g)].map(([, name = '']) => name);

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !all.has(name))).toEqual([]);
    expect([...new Set(parameters)].sort()).toEqual(Object.keys(workflow.parameters).sort());
    expect(Object.keys(workflow.parameters)).toEqual(
      expect.arrayContaining(['functionAppUrl', 'audience', 'reportIds']),
    );
  });

  test('calls doors of the app, with the fields, headers and nothing else that they take', () => {
    expect(calls.map(({ name }) => name)).toEqual(['Pause_reports', 'Resume_reports']);
    for (const { uri, method, headers, body } of calls) {
      const operation = operationOf(uri, method);
      const parameters = operation?.parameters ?? [];
      const schema = schemaOf(parameters.find((one) => one.in === 'body')?.['schema']);
      const known = parameters.filter((one) => one.in === 'header').map(({ name }) => name);

      expect(Object.keys(body).filter((field) => !(field in schema.properties))).toEqual([]);
      expect((schema.required ?? []).filter((field) => !(field in body))).toEqual([]);
      expect(Object.keys(headers).filter((name) => name !== 'Content-Type' && !known.includes(name))).toEqual(
        [],
      );
    }
  });

  test('reads fields that the answers of these doors have', () => {
    const read = [...text.matchAll(/body\('(\w+)'\)\?\['(\w+)'\]/g)];

    expect(read.length).toBeGreaterThan(5);
    for (const [, name = '', field = ''] of read) {
      const { uri, method } = z.object({ uri: z.string(), method: z.string() }).parse(all.get(name)?.inputs);
      const responses = Object.values(operationOf(uri, method)?.responses ?? {});
      const fields = new Set(responses.flatMap(({ schema }) => Object.keys(schemaOf(schema).properties)));
      expect([name, field, fields.has(field)]).toEqual([name, field, true]);
    }
  });

  test('signs in with its managed identity for the audience it is given, and holds no secret', () => {
    const signIn = { type: 'ManagedServiceIdentity', audience: "@parameters('audience')" };

    expect(calls.map(({ authentication }) => authentication)).toEqual(calls.map(() => signIn));
    expect(text).not.toMatch(/x-functions-key|\bcode=|secret|password/i);
  });

  test('gives each request the name of its run as key, and lets the answer 202 be followed', () => {
    expect(calls.map(({ headers }) => headers['Idempotency-Key'])).toEqual(
      calls.map(() => '@{workflow().run.name}'),
    );
    expect(text).not.toContain('DisableAsyncPattern');
  });

  test('resumes by its own request, however the pause and the work end, and ends nothing before that', () => {
    const resume = all.get('Resume_reports');
    const [before = '', ...others] = Object.keys(resume?.runAfter ?? {});
    const top = Object.entries(workflow.actions);
    const terminating = top.filter(([, action]) => flattened({ action }).size > 0 && endsRun(action));
    const mayRunBefore = (name: string): boolean => {
      const after = Object.keys(workflow.actions[name]?.runAfter ?? {});
      return (
        name !== 'Resume_reports' && !after.some((one) => one === 'Resume_reports' || !mayRunBefore(one))
      );
    };

    expect([...(resume?.runAfter[before] ?? [])].sort()).toEqual(EVERY_END);
    expect([before, others]).toEqual(['Maintenance', []]);
    expect(callShape.parse(resume?.inputs).body).not.toHaveProperty('reportIds');
    expect(terminating.length).toBe(3);
    expect(terminating.filter(([name]) => mayRunBefore(name))).toEqual([]);
  });

  test('gives the pause an end of its own, should the workflow never come to its end', () => {
    expect(calls[0]?.body['duration']).toBe("@parameters('longestPause')");
    expect(workflow.parameters['longestPause']?.defaultValue).toMatch(/^PT\d+H$/);
  });

  test('starts only when somebody asks: a deployment pauses nothing', () => {
    expect(Object.values(workflow.triggers).map(({ type }) => type)).toEqual(['Request']);
  });
});

describe('the definition of the sample logic app that works in a window', () => {
  const ofWindow = readFileSync('infra/logicApp/windowWorkflow.json', 'utf8');
  const sample = workflowShape.parse(JSON.parse(ofWindow));
  const actions = flattened(sample.actions);
  const doorShape = callShape.partial({ headers: true, body: true });
  const doorOf = (name: string) => {
    const { uri, method, ...rest } = doorShape.parse(actions.get(name)?.inputs);
    return { operation: operationOf(uri.replace("@{parameters('window')}", '{window}'), method), ...rest };
  };
  const asked = [...actions].flatMap(([name, { type }]) => (type === 'Http' ? [name] : []));

  test('calls doors of the app with what they take, signed in with its identity, and holds no secret', () => {
    expect(asked).toEqual(['Ask_for_the_go_signal', 'End_the_window']);
    for (const { operation, body = {}, authentication } of asked.map(doorOf)) {
      const ofBody = operation?.parameters?.find((one) => one.in === 'body');
      const known = ofBody === undefined ? {} : schemaOf(ofBody['schema']).properties;
      expect(operation).toBeDefined();
      expect(Object.keys(body).filter((field) => !(field in known))).toEqual([]);
      expect(authentication).toEqual({ type: 'ManagedServiceIdentity', audience: "@parameters('audience')" });
    }
    expect(ofWindow).not.toMatch(/x-functions-key|\bcode=|secret|password/i);
  });

  test('names actions, parameters and fields of answers that there are', () => {
    const named = [...ofWindow.matchAll(/\b(?:body|actions|outputs)\('([^']*)'\)/g)].map(
      ([, name = '']) => name,
    );
    const parameters = [...ofWindow.matchAll(/\bparameters\('([^']*)'\)/g)].map(([, name = '']) => name);
    const wrong = [...ofWindow.matchAll(/body\('(\w+)'\)\?\['(\w+)'\]/g)].filter(
      ([, name = '', field = '']) => {
        const answers = Object.values(doorOf(name).operation?.responses ?? {});
        return !answers.some(({ schema }) => schema !== undefined && field in schemaOf(schema).properties);
      },
    );

    expect(named.filter((name) => !actions.has(name))).toEqual([]);
    expect([...new Set(parameters)].sort()).toEqual(Object.keys(sample.parameters).sort());
    expect(wrong.map(([all]) => all)).toEqual([]);
  });

  test('ends the window after work that is done, and after nothing else', () => {
    expect(actions.get('End_the_window')?.runAfter).toEqual({ Your_work: ['Succeeded'] });
  });
});

function endsRun(action: Actions[string]): boolean {
  return [...flattened({ action }).values()].some(({ type }) => type === 'Terminate');
}
