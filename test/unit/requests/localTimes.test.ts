import { createWorld, reportId, reportIds } from '../../requests/world.ts';

const AMSTERDAM = 'Europe/Amsterdam';

/** A pause with this end, asked for on 2026-03-01T11:58Z. */
async function pauseUntil(end: object, startMs?: number) {
  const world = createWorld({ reports: 1, ...(startMs === undefined ? {} : { startMs }) });
  const process = world.startProcess('one');
  const answer = await world.settle(process.post('pause', { reportIds: [reportId(1)], ...end }));
  return { world, process, answer };
}

describe('the end of a pause', () => {
  test.each<[string, object, string, string]>([
    [
      'wall time in summer',
      { until: '2026-07-01T06:00' },
      '2026-07-01T04:00:00Z',
      '2026-07-01T06:00:00+02:00',
    ],
    [
      'wall time in winter',
      { until: '2026-12-01 06:00:30' },
      '2026-12-01T05:00:30Z',
      '2026-12-01T06:00:30+01:00',
    ],
    // Clocks go from 02:00 to 03:00: the first instant after the gap.
    [
      'an hour that is skipped',
      { until: '2026-03-29T02:30' },
      '2026-03-29T01:00:00Z',
      '2026-03-29T03:00:00+02:00',
    ],
    // Clocks go from 03:00 back to 02:00: the later, so that all of what is written is in it.
    [
      'an hour that comes twice',
      { until: '2026-10-25T02:30' },
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30:00+01:00',
    ],
    ['an instant', { until: '2026-07-01T06:00Z' }, '2026-07-01T06:00:00Z', '2026-07-01T08:00:00+02:00'],
    ['a duration', { duration: 'PT1H2M' }, '2026-03-01T13:00:00Z', '2026-03-01T14:00:00+01:00'],
  ])('is read as a window reads it, and told as it was read: %s', async (_, end, utc, local) => {
    const { world, process, answer } = await pauseUntil({ ...end, timeZone: AMSTERDAM });

    const told = { untilUtc: utc, untilLocal: `${local}[${AMSTERDAM}]` };
    expect(answer).toMatchObject({ status: 200, body: told });
    const { body } = await world.settle(process.get('reports'));
    expect(body).toMatchObject({ reports: [{ holds: [{ untilUtc: utc }] }] });
    const dry = await world.settle(
      process.post('pause?dryRun=true', { reportIds: [reportId(1)], ...end, timeZone: AMSTERDAM }),
    );
    expect(dry.body).toMatchObject('duration' in end ? {} : told);
  });

  test('is told without a zone in UTC alone, and said to be none where there is none', async () => {
    const { answer } = await pauseUntil({ until: '2026-07-01T06:00:00+02:00' });
    const { answer: endless } = await pauseUntil({});

    expect(answer.body).toMatchObject({ untilUtc: '2026-07-01T04:00:00Z' });
    expect(answer.body).not.toHaveProperty('untilLocal');
    expect(endless.body).toMatchObject({ untilUtc: null });
  });

  test('is told while the pause works, when it has, and to whoever asks again', async () => {
    const world = createWorld({ reports: 300 });
    const process = world.startProcess('one');
    const asked = {
      reportIds: reportIds(300),
      until: '2026-07-01T06:00',
      timeZone: AMSTERDAM,
      requestId: 'x',
    };
    const told = {
      untilUtc: '2026-07-01T04:00:00Z',
      untilLocal: `2026-07-01T06:00:00+02:00[${AMSTERDAM}]`,
    };

    const accepted = await world.settle(process.post('pause', asked));
    expect(accepted).toMatchObject({ status: 202, body: told });
    await world.time.runUntil(world.time.now() + 600_000);
    await world.settle(process.tick());

    expect(await world.settle(process.post('pause', asked))).toMatchObject({
      status: 200,
      body: { ...told, summary: { paused: 300 } },
    });
  });

  test.each<[string, object, string, RegExp]>([
    ['wall time without a zone', { until: '2026-07-01T06:00' }, '/until', /no offset.*timeZone/],
    ['no time at all', { until: 'tonight', timeZone: AMSTERDAM }, '/until', /not an instant/],
    ['a zone that is none', { until: '2026-07-01T06:00', timeZone: 'Amsterdam' }, '/timeZone', /not an IANA/],
    [
      'a zone of Windows',
      { until: '2026-07-01T06:00', timeZone: 'W. Europe Standard Time' },
      '/timeZone',
      /Europe\/Berlin/,
    ],
    ['an abbreviation', { until: '2026-07-01T06:00', timeZone: 'CET' }, '/timeZone', /abbreviation/],
    ['a zone alone', { timeZone: AMSTERDAM }, '/timeZone', /without until/],
    [
      'what is over, as it was read',
      { until: '2026-03-01T12:30', timeZone: AMSTERDAM },
      '/until',
      /future; it was read as 2026-03-01T12:30:00\+01:00\[Europe\/Amsterdam\], 2026-03-01T11:30:00Z/,
    ],
  ])('is refused where it is %s', async (_, end, pointer, message) => {
    const { answer, world } = await pauseUntil(end);

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, message: expect.stringMatching(message) }] },
    });
    expect(world.insights.puts).toHaveLength(0);
  });
});
