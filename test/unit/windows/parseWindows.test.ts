import { mergeWindows, parseWindows } from '../../../shared/windows/parseWindows.ts';
import { brief, good, parse } from './sampleWindows.ts';

describe('a list of windows', () => {
  test('tells every fault of a window at once', () => {
    const parsed = parse({
      name: 'load',
      reports: {},
      schedule: { start: 'x', duration: 'y', timeZone: 'z' },
      enabled: 1,
      more: 2,
    });

    expect(brief(parsed)).toEqual([
      'wrong_type /0/enabled',
      'unknown_property /0/more',
      'empty_selector /0/reports',
      'bad_cron /0/schedule/start',
      'bad_duration /0/schedule/duration',
      'unknown_time_zone /0/schedule/timeZone',
    ]);
  });

  test('makes windows of the same name invalid, all of them', () => {
    const parsed = parse(good, { ...good, name: 'other' }, { ...good, enabled: 'no' });

    expect(brief(parsed)).toEqual([
      'duplicate_name /0/name',
      'duplicate_name /2/name',
      'wrong_type /2/enabled',
    ]);
    expect(parsed.invalidNames).toEqual(['load']);
    expect(parsed.windows.map(({ name }) => name)).toEqual(['other']);
  });

  test.each([
    [{ ...good, name: 'Load' }, 'bad_name /0/name'],
    [{ ...good, name: undefined }, 'missing_property /0/name'],
    ['load', 'wrong_type /0'],
    [null, 'wrong_type /0'],
    [[], 'wrong_type /0'],
  ])('is not complete while the name of %j cannot be read, since any hold may be its', (entry, expected) => {
    const parsed = parse(entry, good);

    expect(brief(parsed)).toEqual([expected]);
    expect(parsed).toMatchObject({ isComplete: false, invalidNames: [] });
    expect(parsed.windows).toHaveLength(1);
  });

  test.each([
    [{ windows: [] }, 'not_a_list '],
    [null, 'not_a_list '],
    [Array(1_001).fill(good), 'over_limit '],
  ])('that cannot be read at all is not the same as an empty list', (value, expected) => {
    const parsed = parseWindows(value, { defaultAccount: 'main' });

    expect(brief(parsed)).toEqual([expected]);
    expect(parsed).toMatchObject({ windows: [], isComplete: false });
    expect(parse()).toEqual({ windows: [], problems: [], invalidNames: [], isComplete: true });
  });

  test('tells twenty faults of a window and how many more there are', () => {
    const { problems } = parse({ ...good, reports: { ids: Array(50).fill('x') } });

    expect(problems).toHaveLength(21);
    expect(problems[20]).toMatchObject({
      code: 'more_problems',
      message: 'The window has 30 more problems like these.',
    });
  });

  test('keeps foreign text in messages short and free of control characters', () => {
    const { problems } = parse({
      ...good,
      name: `a\u0000${'b'.repeat(500)}`,
      [`x\u001b[31m${'y'.repeat(500)}`]: 1,
    });

    for (const { message, window } of problems) {
      expect(`${message}${window}`).not.toMatch(/\p{Cc}/u);
      expect(message.length).toBeLessThan(200);
    }
  });

  test('are whole only where each is: one that is not freezes the holds of all windows that are not listed', () => {
    const [whole, broken] = [parse(good), parse({ enabled: true })];
    for (const [sources, isComplete] of [
      [[whole, parse()], true],
      [[whole, broken], false],
      [[broken, whole], false],
    ] as const) {
      expect(mergeWindows(sources).isComplete).toBe(isComplete);
    }
  });

  test('of two sources makes a name that both have invalid', () => {
    const merged = mergeWindows([parse(good), parse({ ...good, name: 'other' }, { ...good, enabled: 1 })]);

    expect(merged.windows.map(({ name }) => name)).toEqual(['other']);
    expect(merged.invalidNames).toEqual(['load']);
    expect(brief(merged)).toEqual(['wrong_type /1/enabled', 'duplicate_name ']);
  });
});
