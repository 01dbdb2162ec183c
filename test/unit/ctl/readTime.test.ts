import { CommandError } from '../../../ctl/commandError.ts';
import { parseCommandLine } from '../../../ctl/parseCommandLine.ts';
import { readTime } from '../../../ctl/times/readTime.ts';
import { settleTimes } from '../../../ctl/times/settleTimes.ts';

/** A Monday afternoon in Amsterdam, 16:30 by the clock there. */
const NOW_MS = Date.parse('2026-11-30T15:30:00Z');
const here = { nowMs: NOW_MS, timeZone: 'Europe/Amsterdam' };

function read(text: string, pass: 'earlier' | 'later' = 'later'): string {
  const time = readTime(text, { ...here, pass });
  switch (time.kind) {
    case 'at':
      return `${new Date(time.atMs).toISOString()}${time.isSkipped ? ' skipped' : ''}`;
    case 'in':
      return `in ${time.durationInMs / 60_000} min`;
    case 'unclear':
      return `unclear: ${time.why}`;
  }
}

describe('a time as people write it', () => {
  test.each([
    ['18:00', '2026-11-30T17:00:00.000Z'],
    ['today 18:00', '2026-11-30T17:00:00.000Z'],
    ['today 08:00', '2026-11-30T07:00:00.000Z'],
    ['tonight 23:00', '2026-11-30T22:00:00.000Z'],
    ['tomorrow 06:00', '2026-12-01T05:00:00.000Z'],
    ['tomorrow 00:00', '2026-11-30T23:00:00.000Z'],
    [' tomorrow  06:00 ', '2026-12-01T05:00:00.000Z'],
    ['tomorrow 06:00 America/New_York', '2026-12-01T11:00:00.000Z'],
    // There it is Tuesday already.
    ['today 06:00 Asia/Tokyo', '2026-11-30T21:00:00.000Z'],
    ['18:00 UTC', '2026-11-30T18:00:00.000Z'],
    ['2026-12-24 06:00', '2026-12-24T05:00:00.000Z'],
    ['2027-07-01T06:00 Europe/London', '2027-07-01T05:00:00.000Z'],
    ['2026-12-01T05:00:00Z', '2026-12-01T05:00:00.000Z'],
    ['2026-12-01 06:00+01:00', '2026-12-01T05:00:00.000Z'],
    ['+4h', 'in 240 min'],
    ['+90m', 'in 90 min'],
    ['+1d12h', 'in 2160 min'],
    // As the end of a window is.
    ['2027-03-28 02:30', '2027-03-28T01:00:00.000Z skipped'],
    ['2027-10-31 02:30', '2027-10-31T01:30:00.000Z'],
  ])('%j is %s', (text, told) => {
    expect(read(text)).toBe(told);
  });

  test('that comes twice is the earlier for a begin', () => {
    expect(read('2027-10-31 02:30', 'earlier')).toBe('2027-10-31T00:30:00.000Z');
  });

  test.each([
    ['16:00', /passed today in Europe\/Amsterdam: write "tomorrow 16:00"/],
    ['16:30', /passed today/],
    ['tonight 01:00', /write "tomorrow 01:00" or "today 01:00"/],
    ['tonight 06:00', /not clear/],
    ['6:00', /not clear/],
    ['06:00 pm', /no zone that is clear/],
    ['6pm', /not clear/],
    ['1800', /not clear/],
    ['18:00:00', /not clear/],
    ['24:00', /not clear/],
    ['friday 06:00', /not clear/],
    ['tomorrow', /not clear/],
    ['01/02/2027 06:00', /not clear/],
    ['2026-02-30 06:00', /no date of the calendar/],
    ['2026-02-30T06:00:00Z', /no date of the calendar/],
    ['2026-13-01 06:00', /no date of the calendar/],
    ['18:00 CET', /abbreviation/],
    ['18:00 Amsterdam', /not an IANA/],
    ['18:00 +02:00', /not clear/],
    ['4h', /not clear/],
    ['+4', /not clear/],
    ['+4H', /not clear/],
    ['+', /not clear/],
    ['+0h', /no time at all/],
    ['-4h', /not clear/],
    ['+1.5h', /not clear/],
    ['', /not clear/],
  ])('%j is refused and not guessed', (text, why) => {
    const told = read(text);

    expect(told).toMatch(/^unclear: /);
    expect(told).toMatch(why);
  });
});

describe('the times of a command', () => {
  const env = { INTERMISSION_URL: 'https://app.example', INTERMISSION_KEY: 'key' };
  const id = 'b0000000-0000-4000-8000-00000000000a';
  function settled(...argv: readonly string[]) {
    const line = parseCommandLine(argv, env);
    if (line.kind !== 'run') throw new Error('it is no command');
    const said: string[] = [];
    const world = {
      nowMs: () => NOW_MS,
      timeZone: 'Europe/Amsterdam',
      err: (text: string) => said.push(text),
    };
    return { command: settleTimes(line.command, world), said };
  }

  test('are sent as instants, and said as they were read, here and in UTC', () => {
    const { command, said } = settled('pause', id, '--until', 'tonight 23:00', '--reason', 'move');

    expect(command).toMatchObject({ body: { until: '2026-11-30T22:00:00.000Z', reason: 'move' } });
    expect(said).toEqual(['--until is read as 2026-11-30 23:00 +01:00 (22:00Z), Europe/Amsterdam.']);
  });

  test('that are counted from now stay so for a pause: the same request again is the same', () => {
    const { command, said } = settled('pause', id, '--until', '+4h');

    expect(command).toMatchObject({ body: { duration: 'PT240M' } });
    expect(command).not.toMatchObject({ body: { until: expect.anything() } });
    expect(said[0]).toContain('2026-11-30 20:30 +01:00 (19:30Z)');
  });

  test('are told in the zone that is written, with a word where clocks skip them', () => {
    const { command, said } = settled('plan', '--at', '2027-03-14 02:30 America/New_York', '--until', '+1d');

    expect(command).toMatchObject({ at: '2027-03-14T07:00:00.000Z', until: '2026-12-01T15:30:00.000Z' });
    expect(said[0]).toBe(
      '--at is read as 2027-03-14 03:00 -04:00 (07:00Z), America/New_York; clocks there skip the time that is written.',
    );
  });

  test('are refused by the flag', () => {
    const refused = () => settled('adopt', '--reason', 'lost', '--until', 'soon');

    expect(refused).toThrow(CommandError);
    expect(refused).toThrow(/--until "soon" is not clear/);
  });
});
