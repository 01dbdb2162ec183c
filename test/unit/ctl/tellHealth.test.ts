import { tellHealth } from '../../../ctl/telling/tellHealth.ts';

test('the health is told with every problem, by its place, and with the zone data', () => {
  const problems = [
    { name: 'TICK_SCHEDULE', message: 'has 5 fields' },
    {
      window: 'night',
      pointer: '/0/schedule/start',
      code: 'bad_cron',
      message: 'no cron',
      severity: 'error',
    },
    { source: 'monitor', pointer: '/0/kind', code: 'bad_value', message: 'no kind', severity: 'warning' },
  ];

  const learned = [{ account: 'default', words: 'nothing\u001b[31m yet.' }];

  const health = {
    status: 'not ok',
    problems,
    timeZoneData: '2026a',
    version: '0.1.0',
    learned,
    learnedNotShown: 3,
  };

  expect(tellHealth(health)).toEqual([
    'The app is not ok, version 0.1.0.',
    'PROBLEM TICK_SCHEDULE: has 5 fields',
    'PROBLEM window night at /0/schedule/start: no cron (bad_cron)',
    'Warning webhook source monitor at /0/kind: no kind (bad_value)',
    'Time zones are those of tz database 2026a.',
    expect.stringMatching(/^Learned of account default: nothing\P{Cc}+yet\.$/u),
    'Of 3 more accounts it is not shown here: ask GET /api/health/details?account=NAME.',
  ]);
});

test('the health is told as it is where nothing is left out, and by an app that does not say', () => {
  const health = { status: 'ok', problems: [], timeZoneData: '2026a', learned: [] };
  const lines = ['The app is ok, version unknown.', 'Time zones are those of tz database 2026a.'];

  expect(tellHealth({ ...health, learnedNotShown: 0 })).toEqual(lines);
  expect(tellHealth(health)).toEqual(lines);
});
