import { operate } from '../../../ctl/operate.ts';
import { coloured } from '../../../ctl/telling/coloured.ts';
import { createPace } from '../../../ctl/telling/pace.ts';
import { json, type Reply, startScriptedService } from '../../fakes/scriptedService.ts';
import { sampleReport } from './sampleAnswers.ts';

const windows = json(200, { areReadable: true, windows: [], problems: [] });
const reports = (status: string) => json(200, { reports: [sampleReport({ status })], problems: [] });
const broken: Reply = json(500, {
  type: 'about:blank',
  title: 'It is out.',
  status: 500,
  code: 'unexpected',
});

/** Watches an app that answers so, on a time that passes by waiting alone, until the script is at its end. */
async function watch(script: readonly Reply[], looks: number) {
  const service = await startScriptedService(script);
  const [drawn, sleeps, told]: [string[], number[], string[]] = [[], [], []];
  let nowMs = 0;
  const end = Promise.withResolvers<void>();
  try {
    const exitCode = await operate(['watch'], {
      env: { INTERMISSION_URL: service.url, INTERMISSION_KEY: 'the-key-of-the-operator' },
      ...{ width: Number.POSITIVE_INFINITY, timeZone: 'UTC', nowMs: () => nowMs, isColoured: false },
      readInput: async () => '',
      readFile: async () => '',
      readVersion: async () => 'of a test',
      ...{ out: (text) => void told.push(text), err: (text) => void told.push(text) },
      progress: () => {},
      redraw: (text) => void drawn.push(text),
      interrupted: () => end.promise,
      sleep: async (durationInMs) => {
        sleeps.push(durationInMs);
        nowMs += durationInMs;
        if (drawn.length === looks) {
          end.resolve();
          await new Promise(() => {});
        }
      },
    });
    return { exitCode, drawn, sleeps, told };
  } finally {
    await service.close();
  }
}

describe('watch', () => {
  test('shows the status each 15 seconds, and ends with 0 when a person ends it', async () => {
    const script = [reports('Active'), windows, reports('Inactive'), windows];
    const { exitCode, drawn, sleeps } = await watch(script, 2);

    expect([exitCode, drawn.length, new Set(sleeps)]).toEqual([0, 2, new Set([15_000])]);
    expect(drawn.every((text) => text.includes('1 report as usual'))).toBe(true);
    expect(drawn[0]).not.toBe(drawn[1]);
  });

  test('ends where the key is refused', async () => {
    const refused = json(401, {});
    const { exitCode, drawn, told } = await watch([refused, refused], 1);

    expect([exitCode, drawn]).toEqual([3, []]);
    expect(told.join()).toContain('refused the sign-in');
  });

  test('keeps what was seen last while the app cannot tell, and says how old that is', async () => {
    const outage = new Array<Reply>(12).fill(broken);
    const { exitCode, drawn } = await watch([reports('Active'), windows, ...outage], 2);

    expect(exitCode).toBe(0);
    expect(drawn[1]?.startsWith(drawn[0] ?? '-')).toBe(true);
    expect(drawn[1]).toMatch(/Above is what was seen \d+ s ago; it is tried again\.$/);
  });
});

test('colour changes no text, and marks headings, what is wrong and what is worth knowing', () => {
  const lines = [
    'Report  Now',
    '------  ---',
    'daily   Paused',
    '',
    'PROBLEM window a: x',
    'Warning window b: y',
  ];
  const shown = coloured(lines);

  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(shown.map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(lines);
  expect(shown.map((line, at) => line !== lines[at])).toEqual([true, false, false, false, true, true]);
});

test('progress tells how fast it goes and how long it takes, once that can be told', () => {
  let atMs = 0;
  const pace = createPace({ nowMs: () => atMs });
  const told = [0, 40, 40, 500].map((done, at) => {
    atMs = at * 10_000;
    return pace({ done, total: 1_000 });
  });

  expect(told).toEqual([
    '',
    ', 4.0 a second, 4 min left',
    ', 2.0 a second, 8 min left',
    ', 16.7 a second, 30 s left',
  ]);
});
