import { readFileSync, writeFileSync } from 'node:fs';
import { playPage } from './week/playPage.ts';
import { startWeek, type WeekStage } from './week/weekStage.ts';

jest.setTimeout(180_000);

const PAGE = 'docs/week.md';

describe('a week with Intermission', () => {
  let stage: WeekStage;
  beforeAll(async () => {
    stage = await startWeek(Date.parse('2026-12-07T08:00:00+01:00'));
  });
  afterAll(() => stage.stop());

  // `npm run week` sets it: the page is made anew.
  const isWriting = process.env['INTERMISSION_WEEK'] === 'write';

  test('is what its page shows, command by command, within 80 columns', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const played = await playPage(page, stage);
    if (isWriting) {
      writeFileSync(PAGE, played);
    } else {
      expect(played).toBe(page);
    }
    const blocks = [...played.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, body = '']) =>
      body.split('\n'),
    );
    expect(blocks.filter((line) => line.length > 80)).toEqual([]);
  });
});
