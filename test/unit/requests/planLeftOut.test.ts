import { z } from 'zod';
import { createWorld, reportId } from '../../requests/world.ts';

const planShape = z.object({ inWords: z.array(z.string()) });

const WINDOWS = JSON.stringify([
  {
    name: 'nightly',
    reports: { namePattern: 'Report *' },
    schedule: { start: '0 22 * * *', end: '06:00', timeZone: 'Europe/Amsterdam' },
  },
]);

/** What the plan of the report says at noon of 1 March, with an exemption until then. */
async function planWith(until: string) {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one', { MAINTENANCE_WINDOWS: WINDOWS });
  await world.settle(process.tick());
  const body = { reportIds: [reportId(1)], windows: ['nightly'], until, reason: 'board meeting' };
  const made = await world.settle(process.post('exemptions', body, { 'x-requested-by': 'ana' }));
  expect(made).toMatchObject({ status: 200 });
  const answer = await world.settle(process.get(`plan?report=${reportId(1)}`));
  return planShape.parse(answer.body).inWords.slice(2);
}

describe('the plan of a report that is left out of a window which is closed yet', () => {
  test('says who left it out, and which night takes it in again', async () => {
    expect(await planWith('2026-03-03T12:00:00Z')).toEqual([
      'It is left out of window nightly until 2026-03-03T12:00:00Z, by key, calls itself ana: board meeting',
      expect.stringMatching(/^Next: window nightly from 2026-03-03T21:00:00Z .* until 2026-03-04T05:00:00Z /),
    ]);
  });

  test('says from when on a window takes it in that is open by then', async () => {
    expect(await planWith('2026-03-02T02:00:00Z')).toEqual([
      'It is left out of window nightly until 2026-03-02T02:00:00Z, by key, calls itself ana: board meeting',
      expect.stringMatching(/^Next: window nightly from 2026-03-02T02:00:00Z .* until 2026-03-02T05:00:00Z /),
    ]);
  });
});
