import { mapDelivery } from '../../../shared/webhooks/mapDelivery.ts';
import { isPointer, pointInto } from '../../../shared/webhooks/pointInto.ts';
import { deliveryOf, HOUR_MS, intentOf, NOW_MS, OTHER_REPORT, REPORT, sourceOf } from './sampleSource.ts';

/** As a status page sends it. */
const fields = {
  action: {
    pointer: '/incident/status',
    values: { scheduled: 'pause', in_progress: 'pause', verifying: 'ignore', completed: 'resume' },
  },
  key: '/incident/id',
  reportIds: { pointer: '/components', values: { billing: REPORT, usage: OTHER_REPORT } },
  from: '/incident/scheduled_for',
  until: '/incident/scheduled_until',
  reason: '/incident/name',
  id: '/delivery',
  sentAt: '/incident/updated_at',
};

const incident = {
  id: 'inc-1',
  status: 'scheduled',
  name: 'Load upgrade',
  scheduled_for: '2026-05-01T13:00:00Z',
  scheduled_until: '2026-05-01T15:00:00Z',
  updated_at: '2026-05-01T11:00:00Z',
};

const body = { delivery: 'd-1', incident, components: ['billing'] };

function map(payload: unknown, its: object = fields, nowMs = NOW_MS) {
  const source = sourceOf({ kind: 'generic', authentication: { type: 'token' }, fields: its });
  const verified = { ok: true, deliveryId: null, timestampMs: null } as const;
  return mapDelivery({ source, delivery: deliveryOf({ body: payload }), verified, nowMs })[0];
}

const withIncident = (more: object) => ({ ...body, incident: { ...incident, ...more } });

describe('a payload of any shape', () => {
  test("is read by the source's pointers and value maps", () => {
    expect(intentOf(map(body))).toEqual({
      action: 'pause',
      key: 'ops:inc-1',
      deliveryId: 'ops:d-1',
      saidAtMs: NOW_MS - HOUR_MS,
      rank: 2,
      reason: 'Load upgrade',
      fromMs: NOW_MS + HOUR_MS,
      untilMs: NOW_MS + 3 * HOUR_MS,
      untilBy: 'sender',
      reportIds: [REPORT],
      deniedReportIds: [],
      isWholeKey: true,
    });
  });

  test.each([
    ['scheduled', 'pause'],
    ['completed', 'resume'],
    ['verifying', 'ignore'],
  ])('status %s means %s', (status, action) => {
    expect(intentOf(map(withIncident({ status })))).toMatchObject({ action });
  });

  test.each([
    ['a status that is an object', withIncident({ status: {} }), 'bad_field', '/incident/status'],
    [
      'a component that the map does not have',
      { ...body, components: ['billing', 'x'] },
      'unmapped_value',
      '/components',
    ],
    ['no component in the list', { ...body, components: [] }, 'bad_field', '/components'],
    ['an empty component', { ...body, components: ['billing', null] }, 'bad_field', '/components'],
    ['an end that is none', withIncident({ scheduled_until: 'soon' }), 'bad_field', 'until'],
    [
      'no date, where it should have one',
      withIncident({ updated_at: undefined }),
      'bad_field',
      '/incident/updated_at',
    ],
    ['a date that is none', withIncident({ updated_at: 'now' }), 'bad_field', '/incident/updated_at'],
    ['an old date', withIncident({ updated_at: '2026-04-01T00:00:00Z' }), 'said_too_long_ago', null],
  ])('is refused by name with %s', (_what, payload, code, field) => {
    expect(map(payload)).toEqual({ ok: false, code, field });
  });

  test.each([
    [
      'a status that the map does not have',
      withIncident({ status: 'investigating', updated_at: 'x' }),
      'unmapped_action',
    ],
    ["a status of an object's own making", withIncident({ status: 'constructor' }), 'unmapped_action'],
    ['no status', withIncident({ status: undefined }), 'not_for_us'],
    ['nothing in it', {}, 'not_for_us'],
    ['a list', [body], 'not_for_us'],
  ])('asks for nothing with %s', (_what, payload, because) => {
    expect(intentOf(map(payload))).toMatchObject({ action: 'ignore', because });
  });

  test('means all reports of the source where it names none', () => {
    expect(intentOf(map({ ...body, components: undefined }))).toMatchObject({ reportIds: null });
    expect(intentOf(map({ ...body, components: 'usage' }))).toMatchObject({ reportIds: [OTHER_REPORT] });
  });

  test('never takes an empty id for all reports', () => {
    const bare = { action: '/action', reportIds: '/ids' };

    expect(map({ action: 'pause', ids: '' }, bare)).toMatchObject({ ok: false, code: 'bad_field' });
    expect(map({ action: 'pause', ids: [''] }, bare)).toMatchObject({ ok: false, code: 'bad_field' });
  });

  test('without map must say the action itself', () => {
    expect(intentOf(map({ action: 'pause' }, { action: '/action' }))).toMatchObject({
      action: 'pause',
      key: 'ops:all',
    });
    expect(map({ action: 'stop' }, { action: '/action' })).toMatchObject({
      ok: false,
      code: 'unmapped_value',
    });
    expect(
      intentOf(map({ on: true }, { action: { pointer: '/on', values: { true: 'pause' } } })),
    ).toMatchObject({ action: 'pause' });
  });

  test('is known again by its id, or by its whole body where that is dated', () => {
    const { id: _id, ...undelivered } = fields;
    const idOf = (payload: unknown, its: object, nowMs = NOW_MS) =>
      intentOf(map(payload, its, nowMs)).deliveryId;

    expect(idOf(withIncident({ name: 'x' }), fields)).toBe(idOf(body, fields));
    expect(idOf(body, undelivered, NOW_MS + 1)).toBe(idOf(body, undelivered));
    expect(idOf(withIncident({ name: 'x' }), undelivered)).not.toBe(idOf(body, undelivered));
    expect(idOf({ action: 'pause' }, { action: '/action' }, NOW_MS + 1)).not.toBe(
      idOf({ action: 'pause' }, { action: '/action' }),
    );
  });
});

describe('a JSON pointer', () => {
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7, list: [[1]] };

  test.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/ ', 7],
    ['/list/0/0', 1],
    ['/foo/2', undefined],
    ['/foo/00', undefined],
    ['/foo/-', undefined],
    ['/foo/length', undefined],
    ['/foo/0/0', undefined],
    ['/toString', undefined],
    ['/__proto__', undefined],
    ['/constructor/name', undefined],
  ])('%j points at what RFC 6901 says, and at own properties only', (pointer, expected) => {
    expect(isPointer(pointer)).toBe(true);
    expect(pointInto(document, pointer)).toEqual(expected);
  });

  test.each(['foo', 'foo/bar', '/a~', '/a~2', '#/a', '$.a', '/'.repeat(257)])('is not %j', (text) => {
    expect(isPointer(text)).toBe(false);
  });
});
