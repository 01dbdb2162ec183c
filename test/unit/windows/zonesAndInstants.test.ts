import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { parseRange } from '../../../shared/http/parseRange.ts';
import { parseTimeZone } from '../../../shared/windows/timeZone.ts';
import { good, parse, schedule } from './sampleWindows.ts';

function problemOf(changed: object) {
  const [problem] = parse({ ...good, schedule: changed }).problems;
  return problem;
}

describe('a time zone', () => {
  test.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['Eastern Standard Time', 'America/New_York'],
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['GMT Standard Time', 'Europe/London'],
  ])('by the name "%s" of Windows is answered with %s', (timeZone, name) => {
    const problem = problemOf({ ...schedule, timeZone });

    expect(problem).toMatchObject({ code: 'unknown_time_zone', pointer: '/0/schedule/timeZone' });
    expect(problem?.message).toContain(`"${timeZone}"`);
    expect(problem?.message).toContain(name);
  });

  test('that is answered with an IANA name is taken by that name', () => {
    const names = [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))].filter(
      (name) => name !== 'UTC',
    );
    const answers = names.map((name) => {
      const [fault] = parseTimeZone(name).faults;
      return [name, /IANA name, (.+)\.$/.exec(fault?.message ?? '')?.[1] ?? ''] as const;
    });

    expect(names.length).toBeGreaterThan(100);
    expect(answers.filter(([, iana]) => !parseTimeZone(iana).ok)).toEqual([]);
  });

  test('that nobody knows is quoted, with an example', () => {
    expect(problemOf({ ...schedule, timeZone: 'Mars/Base' })?.message).toBe(
      '"Mars/Base" is not an IANA time zone. Write for example Europe/Berlin or UTC.',
    );
  });
});

describe('a window that happens once', () => {
  test.each([
    ['2026-03-29T02:10', '2026-03-29T02:40'],
    ['2026-03-29T02:10', '2026-03-29T03:00'],
  ])('from %s to %s, in the hour that spring skips, is told when it would begin', (from, to) => {
    const problem = problemOf({ from, to, timeZone: 'Europe/Berlin' });

    expect(problem).toMatchObject({ code: 'until_not_after_from', pointer: '/0/schedule/to' });
    for (const part of [`"${from}"`, `"${to}"`, 'skip', '2026-03-29T03:00:00+02:00']) {
      expect(problem?.message).toContain(part);
    }
  });

  test('that ends before it begins is told so with both, and nothing of skipped hours', () => {
    const [from, to] = ['2026-05-02T00:00', '2026-05-01T00:00'];
    const problem = problemOf({ from, to, timeZone: 'Europe/Berlin' });

    expect(problem?.message).toBe(
      `"${to}" must be later than "from", "${from}". Write a later end, or an earlier start.`,
    );
  });
});

describe('an instant of a query', () => {
  const messageOf = (query: string) => {
    const range = parseRange(new URLSearchParams(query), Date.parse('2026-06-01T12:00:00Z'));
    return JSON.stringify(range.ok ? null : range.answer.body);
  };

  test.each(['at', 'until'])('whose plus became a blank says %%2B, in %s', (name) => {
    const told = messageOf(`${name}=2026-06-02T12:00:00+01:00`);

    expect(told).toContain(`"/${name}"`);
    expect(told).toContain('2026-06-02T12:00:00 01:00');
    expect(told).toContain('2026-06-02T12:00:00%2B01:00');
  });

  test.each([
    ['at=tomorrow', ['tomorrow', '2026-01-31T06:00:00Z']],
    ['until=2026-06-01', ['2026-06-01', '2026-01-31T06:00:00Z']],
    ['until=2026-06-01T11:00:00Z', ['2026-06-01T11:00:00Z', 'after at', '2026-06-01T12:00:00Z']],
    ['until=2027-06-07T12:00:00Z', ['2027-06-07T12:00:00Z', '370 days', '2026-06-01T12:00:00Z']],
  ])('that is wrong is quoted with what is right: %s', (query, said) => {
    for (const part of said) expect(messageOf(query)).toContain(part);
  });
});
