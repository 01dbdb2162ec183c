import { parseWebhookSources } from '../../../shared/webhooks/parseWebhookSources.ts';
import { REPORT, sourceOf, written } from './sampleSource.ts';

const good = { ...written, kind: 'standard' };

function parse(...sources: readonly unknown[]) {
  return parseWebhookSources(sources, { defaultAccount: 'main' });
}

function brief(...sources: readonly unknown[]) {
  return parse(...sources).problems.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a list of webhook sources', () => {
  test('fills in what a simple source leaves out', () => {
    const { name, secretName, reports } = written;

    expect(parse({ name, secretName, reports, kind: 'eventGrid' })).toEqual({
      problems: [],
      sources: [
        {
          name: 'ops',
          format: { kind: 'eventGrid' },
          authentication: { type: 'token' },
          secretName: 'webhook-ops',
          account: 'main',
          reports: { kind: 'ids', reportIds: reports.ids },
          maxReports: 200,
          defaultHoldMs: 4 * 3_600_000,
          maxHoldMs: 7 * 86_400_000,
          ratePerMinute: 60,
          retired: false,
        },
      ],
    });
  });

  test.each([
    ['standard', 'standard', {}],
    ['eventGrid', 'token', {}],
    ['cloudEvents', 'token', { allowedOrigins: ['EventGrid.azure.net'] }],
    ['azureMonitor', 'token', {}],
    ['generic', 'token', { authentication: { type: 'token' }, fields: { action: '/a' } }],
  ])('of kind %s proves itself by %s', (kind, type, more) => {
    expect(sourceOf({ kind, ...more })).toMatchObject({ format: { kind }, authentication: { type } });
  });

  test('leaves the good ones when one is bad, and tells every fault of that one', () => {
    const bad = { ...good, name: 'bad', secretName: 'a b', reports: {}, maxReports: 0, more: 1 };
    const { sources, problems } = parse(good, bad);

    expect(sources.map(({ name }) => name)).toEqual(['ops']);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'bad_value /1/secretName',
      'bad_value /1/maxReports',
      'unknown_property /1/more',
      'empty_selector /1/reports',
    ]);
    expect(problems.every(({ source, message }) => source === 'bad' && message.length > 10)).toBe(true);
  });

  test.each([
    ['a name of other signs', { ...good, name: 'Ops' }, 'bad_name /0/name'],
    ['no name', { ...good, name: undefined }, 'missing_property /0/name'],
    ['no secret', { ...good, secretName: undefined }, 'missing_property /0/secretName'],
    ['an unknown kind', { ...good, kind: 'slack' }, 'bad_value /0/kind'],
    ['no kind', written, 'bad_value /0/kind'],
    ['no reports', { ...good, reports: undefined }, 'missing_property /0/reports'],
    [
      'a pattern that means all',
      { ...good, reports: { namePattern: '*' } },
      'match_all_not_explicit /0/reports/namePattern',
    ],
    ['a duration without unit', { ...good, defaultHold: '4h' }, 'bad_duration /0/defaultHold'],
    ['a default over the maximum', { ...good, maxHold: 'PT1H' }, 'default_over_maximum /0/defaultHold'],
    [
      'origins of another kind',
      { ...good, allowedOrigins: ['a.example'] },
      'unknown_property /0/allowedOrigins',
    ],
    ['CloudEvents without origins', { ...good, kind: 'cloudEvents' }, 'missing_property /0/allowedOrigins'],
    [
      'an origin that is a URL',
      { ...good, kind: 'cloudEvents', allowedOrigins: ['https://a.example'] },
      'bad_value /0/allowedOrigins/0',
    ],
    [
      'an origin of any name',
      { ...good, kind: 'cloudEvents', allowedOrigins: ['*'] },
      'bad_value /0/allowedOrigins/0',
    ],
    ['a text for a source', 'ops', 'wrong_type /0'],
  ])('refuses %s', (_what, source, expected) => {
    expect(brief(source)).toContain(expected);
    expect(parse(source).sources).toEqual([]);
  });

  test('warns of sources that prove themselves alike, for each may send as the other', () => {
    const entra = { tenantId: '11111111-1111-4111-8111-111111111111', audience: 'api://a' };
    const byEntra = { ...written, secretName: undefined, kind: 'eventGrid', entra };
    const { sources, problems } = parse(
      good,
      { ...good, name: 'twin' },
      { ...good, name: 'own', secretName: 'own' },
      { ...byEntra, name: 'grid' },
      { ...byEntra, name: 'grid-2' },
      { ...byEntra, name: 'grid-3', entra: { ...entra, role: 'Mine' } },
    );

    expect(sources).toHaveLength(6);
    expect(problems.map(({ code, pointer, severity }) => `${severity} ${code} ${pointer}`)).toEqual([
      'warning shared_proof /0/secretName',
      'warning shared_proof /1/secretName',
      'warning shared_proof /3/entra',
      'warning shared_proof /4/entra',
    ]);
    expect(problems[0]?.message).toContain('"twin"');
  });

  test('warns of a region that Azure does not have, and of none that it has', () => {
    const regions = ['East US', 'eastus2', 'west-europe', 'Global', 'eastuz', 'Europe West'];

    expect(brief({ ...good, kind: 'azureMonitor', regions })).toEqual([
      'unknown_region /0/regions/4',
      'unknown_region /0/regions/5',
    ]);
    expect(parse({ ...good, kind: 'azureMonitor', regions }).sources).toHaveLength(1);
  });

  test.each([
    ['a pointer without slash', { action: 'status' }, 'bad_value /0/fields/action'],
    ['no action', {}, 'bad_value /0/fields/action'],
    ['a field that does not exist', { action: '/a', until2: '/b' }, 'unknown_property /0/fields/until2'],
    [
      'an action that is none',
      { action: { pointer: '/a', values: { x: 'stop' } } },
      'bad_action_value /0/fields/action/values/x',
    ],
  ])('refuses generic fields with %s', (_what, fields, expected) => {
    expect(brief({ ...good, kind: 'generic', authentication: { type: 'token' }, fields })).toEqual([
      expected,
    ]);
  });

  test.each([
    ['no authentication', undefined],
    ['a way that is none', { type: 'none' }],
    ['an HMAC without header', { type: 'hmac', encoding: 'hex' }],
    ['an encoding that is none', { type: 'hmac', header: 'x-sig', encoding: 'base32' }],
    ['a header with blanks', { type: 'hmac', header: 'x sig', encoding: 'hex' }],
  ])('never takes a generic source with %s', (_what, authentication) => {
    expect(parse({ ...good, kind: 'generic', authentication, fields: { action: '/a' } }).sources).toEqual([]);
  });

  test('warns where a signed source does not date its payloads', () => {
    const authentication = { type: 'hmac', header: 'X-Sig', encoding: 'hex' };
    const source = { ...good, kind: 'generic', authentication, fields: { action: '/a' } };

    expect(parse(source)).toMatchObject({
      sources: [{ authentication: { header: 'x-sig', prefix: '' } }],
      problems: [{ code: 'no_replay_protection', severity: 'warning', pointer: '/0/fields' }],
    });
    expect(brief({ ...source, fields: { action: '/a', sentAt: '/at' } })).toEqual([]);
  });

  test('warns where a source names more reports than it may pause', () => {
    expect(parse({ ...good, maxReports: 1 })).toMatchObject({
      sources: [{ maxReports: 1 }],
      problems: [{ code: 'more_ids_than_max_reports', severity: 'warning' }],
    });
  });

  test('refuses both of two with one name', () => {
    const { sources, problems } = parse(
      good,
      { ...good, name: 'other' },
      { ...good, reports: { ids: [REPORT] } },
    );

    expect(sources.map(({ name }) => name)).toEqual(['other']);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'duplicate_name /0/name',
      'duplicate_name /2/name',
    ]);
  });

  test.each([
    [{}, 'not_a_list'],
    [null, 'not_a_list'],
    [Array(101).fill(good), 'over_limit'],
  ])('is refused as a whole where it is no list or too long', (value, code) => {
    expect(parseWebhookSources(value, { defaultAccount: 'main' })).toMatchObject({
      sources: [],
      problems: [{ code, pointer: '', source: null }],
    });
  });

  test('tells twenty faults of a source and how many more there are', () => {
    const { problems } = parse({ ...good, reports: { ids: Array(50).fill('x') } });

    expect(problems).toHaveLength(21);
    expect(problems[20]).toMatchObject({ code: 'more_problems', severity: 'error' });
  });
});
