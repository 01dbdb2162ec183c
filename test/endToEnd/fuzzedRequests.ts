import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { routes } from '../../shared/routes/routes.ts';
import { hostKeys } from './appUnderTest.ts';
import { anyBody, bodiesOfDoors, knownIds, oddInstant, oddText, webhookBody } from './fuzzedBodies.ts';

/** A request as it goes over the wire. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** What its calls to Partner Center are known by. */
  readonly correlationId: string;
}

/** The webhook sources of the app that is tried are named by their kind in lower case; their secret is the one here. */
export const FUZZ_SECRET = `whsec_${Buffer.from('a secret for the fuzzer alone 32').toString('base64')}`;
export const fuzzSources = ['standard', 'generic', 'cloudEvents', 'eventGrid', 'azureMonitor'] as const;

const sourceNames = fuzzSources.map((name) => name.toLowerCase());

const headerText = fc.oneof(
  fc.constantFrom('', 'x', '\u00e9\u00ff', 'a'.repeat(200), 'a,b', 'a b', '*/*', '-1', '"', 'one', 'two'),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 30,
  }),
);
const anyHeaders = fc.record(
  {
    'idempotency-key': fc.oneof({ weight: 5, arbitrary: fc.uuid() }, headerText),
    prefer: fc.oneof(fc.constantFrom('respond-async', 'respond-async, wait=5'), headerText),
    'x-requested-by': headerText,
    'x-correlation-id': headerText,
    'content-type': fc.constantFrom(
      ...[
        'application/json',
        'text/plain',
        'application/json; charset=utf-16',
        'application/cloudevents+json',
      ],
      ...[
        'application/cloudevents-batch+json',
        'multipart/form-data',
        'application/x-www-form-urlencoded',
        ';',
      ],
    ),
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
    accept: headerText,
    authorization: fc.oneof(fc.constantFrom('Bearer x.y.z', 'Basic eDp5', 'Bearer'), headerText),
    'x-http-method-override': fc.constantFrom('DELETE', 'PUT'),
    'x-forwarded-host': headerText,
    'x-ms-client-principal': headerText,
    'webhook-id': headerText,
    'webhook-timestamp': fc.constantFrom('0', '-1', '99999999999999', 'x', '1e9'),
    'webhook-signature': fc.constantFrom('v1,', 'v1,AAAA', 'v1a,x v1,y', ' '),
    'webhook-request-origin': headerText,
    'ce-id': headerText,
    'ce-type': headerText,
    'ce-source': headerText,
    'ce-specversion': fc.constantFrom('1.0', '9'),
    'ce-time': headerText,
    'aeg-event-type': fc.constantFrom('SubscriptionValidation', 'Notification', 'x'),
  },
  { requiredKeys: [] },
);

const queryNames = fc.constantFrom(
  ...[
    'failOnPartial',
    'at',
    'until',
    'token',
    'deep',
    'account',
    'code',
    'access_token',
    '__proto__',
    '$filter',
    '',
  ],
);
const queryValue = fc.oneof(
  oddText.filter((text) => text.isWellFormed()).map(encodeURIComponent),
  oddInstant.map(encodeURIComponent),
  fc.constantFrom('true', 'false', '%00', '%ff', '%', '%E0%A4%A', '+', 'x'.repeat(6_000), '%F0%9F%92%A5'),
);
const query = fc
  .array(fc.tuple(queryNames, queryValue), { maxLength: 3 })
  .map((pairs) =>
    pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`,
  );

const pathValue = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...knownIds, ...sourceNames, ...sourceNames, 'default', 'unknown'),
  },
  fc.uuid(),
  oddText.filter((text) => text !== '' && text.isWellFormed()).map(encodeURIComponent),
  fc.constantFrom('%00', '%2e%2e', '%2F', '%ff', '%', 'x'.repeat(3_000), '..', '.', '%7C'),
);
/** The first route's of each path. */
const methodByPath: ReadonlyMap<string, string> = new Map(
  Object.values(routes)
    .map(({ path, methods: [method] }) => [`/api/${path}`, method] as const)
    .reverse(),
);
const path = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...methodByPath.keys()) },
  { weight: 8, arbitrary: fc.constantFrom('/api/pause', '/api/resume', '/api/webhooks/{source}') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/', '/api', '/api/', '/api//pause', '/API/PAUSE', '/api/pause/', '/api/x/y'),
  },
);

/** Stands in a path for the last run that an answer named. */
export const LATEST_RUN = '11111111-2222-4333-8444-555555555555';

const source = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...sourceNames) }, pathValue);

/** More than a host reads of a request that it does not let in, so that it closes the connection. */
const BIG_IN_BYTES = 60_000;

/** Where such a body goes, as the routes that read one do. */
const TAKE_BODIES: ReadonlySet<string> = new Set(['/api/pause', '/api/resume', '/api/adopt', '/api/drain']);

/** A key, mostly the right one. */
const key = fc.constantFrom(
  ...new Array<string>(9).fill(hostKeys.function),
  ...[hostKeys.master, 'wrong', ''],
);

/** So many requests, the same for the same seed. */
export function fuzzedRequests(seed: number, count: number): readonly FuzzedRequest[] {
  return fc.sample(anyRequest, { seed, numRuns: count });
}

const anyRequest: fc.Arbitrary<FuzzedRequest> = fc
  .record({
    template: path,
    value: pathValue,
    source,
    isOfRun: fc.boolean(),
    asked: query,
    isOddMethod: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    oddMethod: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
    headers: anyHeaders,
    hasOwnId: fc.integer({ min: 0, max: 9 }).map((number) => number !== 0),
    body: anyBody,
    delivery: webhookBody,
    own: fc.record(bodiesOfDoors),
    isSigned: fc.boolean(),
    apiKey: key,
    id: fc.uuid(),
  })
  .map((one) => {
    const isWebhook = one.template.includes('webhooks');
    const kind = fuzzSources.find((name) => name.toLowerCase() === one.source);
    const value = isWebhook
      ? one.source
      : one.isOfRun && one.template.includes('{runId}')
        ? LATEST_RUN
        : one.value;
    const own = isWebhook ? one.delivery : one.own[one.template];
    const body = own !== undefined && one.isSigned ? Buffer.from(JSON.stringify(own)) : one.body;
    // The doors of consent want the master key.
    const isGuarded = one.template.includes('consent') && one.apiKey === hostKeys.function;
    const apiKey = isGuarded ? hostKeys.master : one.apiKey;
    if (body.length > BIG_IN_BYTES) {
      const headers = { 'x-functions-key': hostKeys.function, 'x-correlation-id': one.id };
      const path = TAKE_BODIES.has(one.template) ? one.template : '/api/pause';
      return { method: 'POST', path, headers, body, correlationId: one.id };
    }
    const method = one.isOddMethod ? one.oddMethod : (methodByPath.get(one.template) ?? 'POST');
    return {
      method,
      path: `${one.template.replace(/\{\w+\}/, () => value)}${withToken(one.asked, isWebhook && one.isSigned)}`,
      headers: {
        ...one.headers,
        ...(apiKey === '' ? {} : { 'x-functions-key': apiKey }),
        ...(one.hasOwnId || isWebhook ? { 'x-correlation-id': one.id } : {}),
        ...(isWebhook && one.isSigned ? proof(kind, one.id, body) : {}),
      },
      body: ['GET', 'HEAD'].includes(method) ? null : body,
      correlationId: one.id,
    };
  });

function withToken(asked: string, isSigned: boolean): string {
  return isSigned ? `${asked === '' ? '?' : `${asked}&`}token=${encodeURIComponent(FUZZ_SECRET)}` : asked;
}

/** What lets a delivery in, so that what it says is looked at. */
function proof(
  kind: (typeof fuzzSources)[number] | undefined,
  id: string,
  body: Buffer,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = Buffer.from(FUZZ_SECRET.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return {
    'content-encoding': 'identity',
    'webhook-request-origin': 'a.example',
    'content-type': kind === 'cloudEvents' ? 'application/cloudevents+json' : 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    authorization: `Bearer ${FUZZ_SECRET}`,
  };
}
