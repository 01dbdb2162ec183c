import { z } from 'zod';
import { createWorld, reportId } from '../../requests/world.ts';

const planShape = z.object({
  reports: z.array(z.object({ reportId: z.string() })),
  inWords: z.array(z.string()).optional(),
});

const WINDOWS = JSON.stringify([
  {
    name: 'now',
    reports: { ids: [reportId(1)] },
    schedule: { from: '2026-03-01T11:00:00Z', to: '2026-03-01T18:00:00Z' },
  },
  {
    name: 'too-many',
    reports: { all: true },
    maxReports: 1,
    schedule: { from: '2026-03-01T20:00:00Z', to: '2026-03-01T20:30:00Z' },
  },
  {
    name: 'nightly',
    reports: { namePattern: 'Report *' },
    schedule: { start: '0 22 * * *', end: '06:00', timeZone: 'Europe/Amsterdam' },
  },
]);

async function worldWithWindow() {
  const world = createWorld({ reports: 3 });
  const process = world.startProcess('one', { MAINTENANCE_WINDOWS: WINDOWS });
  await world.settle(process.tick());
  const plan = async (query: string) => world.settle(process.get(`plan?${query}`));
  return { world, process, plan };
}

describe('the plan of one report', () => {
  test('says in words what holds it until when, and what comes next', async () => {
    const { world, process, plan } = await worldWithWindow();
    const asked = { reportIds: [reportId(1)], reason: 'moving house' };
    await world.settle(process.post('pause', asked, { 'x-requested-by': 'ana' }));

    const { status, body } = await plan(`report=${reportId(1).toUpperCase()}`);

    expect(status).toBe(200);
    const { reports, inWords } = planShape.parse(body);
    expect(reports).toEqual([expect.objectContaining({ reportId: reportId(1) })]);
    expect(inWords).toEqual([
      `Report 0001 (${reportId(1)}) is Paused.`,
      expect.stringMatching(/^At 2026-03-01T\S+Z: nothing would be done\. Paused by us and still held\.$/),
      'Held by key, calls itself ana ("moving house") without an end, until somebody resumes it.',
      'Held by window now until 2026-03-01T18:00:00Z.',
      'It stays paused until somebody resumes it.',
      // Of the window that would take in more reports than it may nothing comes.
      'Next: window nightly from 2026-03-01T21:00:00Z (2026-03-01T22:00:00+01:00[Europe/Amsterdam]) until 2026-03-02T05:00:00Z (2026-03-02T06:00:00+01:00[Europe/Amsterdam]).',
    ]);
  });

  test('says when it comes back, and of an instant to come what would be done then', async () => {
    const { plan } = await worldWithWindow();

    const now = planShape.parse((await plan(`report=${reportId(1)}`)).body).inWords;
    const then = planShape.parse((await plan(`report=${reportId(2)}&at=2026-03-01T21:30:00Z`)).body).inWords;

    expect(now).toContain('It comes back at 2026-03-01T18:00:00Z.');
    expect(then?.[1]).toMatch(/^At 2026-03-01T21:30:00Z: it would be paused\./);
    expect(then).toContain('Held by window nightly until 2026-03-02T05:00:00Z.');
  });

  test('is not found where no account shows the report, and refused where the id is none', async () => {
    const { plan } = await worldWithWindow();

    expect(await plan(`report=${reportId(9)}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await plan('report=Sales')).toMatchObject({ status: 400, body: { code: 'invalid_query' } });
    expect(planShape.parse((await plan('')).body)).not.toHaveProperty('inWords');
  });
});
