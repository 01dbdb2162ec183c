import { spawn } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { drawTests } from '../../build/sample.ts';
import { parseStartFlags } from '../../local/start/parseStartFlags.ts';
import { buildApp } from '../endToEnd/buildApp.ts';

describe('npm start -- --demo', () => {
  let directory = '';
  beforeAll(() => {
    directory = buildApp();
    for (const name of ['local', 'node_modules']) {
      symlinkSync(join(process.cwd(), name), join(directory, name));
    }
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  drawTests(
    'the demo',
    1,
    {
      'tells a whole window with each of its special reports, and exits 0': async () => {
        const { exitCode, stdout, story } = await runDemo(directory, ['--pace', '0']);

        expect({ exitCode, story }).toEqual({ exitCode: 0, story: expect.any(Array) });
        expect(story).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^21:53 Dana pauses OldExport-daily by hand/),
            expect.stringMatching(
              /^22:00 Intermission pauses AzureUsage-daily, Customers-daily, Invoices-daily/,
            ),
            expect.stringMatching(
              /^22:00 Intermission leaves OldExport-daily alone.*event ForeignPauseFound/,
            ),
            expect.stringMatching(
              /^22:00 Intermission Resellers-daily: the pause was sent, and no read shows it/,
            ),
            expect.stringMatching(/^22:10 Intermission pauses Resellers-daily/),
            expect.stringMatching(/^22:10 Intermission cannot tell .*Licences-daily.*event ReportDoubtful/),
            expect.stringMatching(/^22:12 Sam resumes Invoices-daily by hand/),
            expect.stringMatching(
              /^22:20 Intermission .*Invoices-daily still active.*event ManualResumeRespected/,
            ),
            expect.stringMatching(
              /^22:30 Intermission resumes AzureUsage-daily, Customers-daily, OfficeUsage-daily, Resellers-daily, Seats-daily:/,
            ),
            '22:35 Intermission looks once more at what it resumed: AzureUsage-daily, Customers-daily, OfficeUsage-daily, Resellers-daily, Seats-daily.',
          ]),
        );
        expect(stdout).toMatch(
          /^OldExport-daily +Paused +Paused +Paused +no +yes +Dana had paused it before$/m,
        );
        expect(stdout).toMatch(/^Invoices-daily +Active +Active +Active +yes +yes +Sam resumes it/m);
        expect(stdout).toMatch(/\nVerdict: all is as it should be\. .* 16 changes, .* 9 reports .*\n$/);
      },

      'exits 1 and names the report that nobody could resume': async () => {
        const fault = { kind: 'forbidden', operation: 'resumeReport', reportId: seatsId, times: null };
        const { exitCode, stdout } = await runDemo(directory, [
          '--pace',
          '0',
          '--fault',
          JSON.stringify(fault),
        ]);

        expect(exitCode).toBe(1);
        expect(stdout).toMatch(/^Seats-daily +Active +Paused +Paused +no +NO/m);
        expect(stdout).toMatch(
          /\nVerdict: not as it should be.*\n- Seats-daily is Paused at the end, but its human/,
        );
      },

      'exits 1 where it cannot be played, in a sentence': async () => {
        const { exitCode, stderr } = await runDemo(directory, [
          '--pace',
          '0',
          '--fault',
          '{"kind":"nonsense"}',
        ]);

        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^POST \/_admin\/faults answered 400: .*kind must be one of/s);
      },

      'stops everything and exits 1 when it is interrupted': async () => {
        const { exitCode, signal, stdout } = await runDemo(
          directory,
          ['--pace', '60'],
          /All 9 reports are Active/,
        );

        expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: null });
        expect(stdout).not.toContain('Verdict');
      },
    },
    120_000,
  );
});

describe('the flags of the demo', () => {
  test.each([
    [['--demo'], { kind: 'demo', minuteInMs: 1000, fault: null }],
    [['--demo', '--pace', '0.25'], { kind: 'demo', minuteInMs: 250, fault: null }],
    [['--demo', '--fault', '{"kind":"hang"}'], { kind: 'demo', minuteInMs: 1000, fault: { kind: 'hang' } }],
    [['--demo', '--help'], { kind: 'help' }],
    [
      ['--demo', '--once'],
      { kind: 'wrong', message: expect.stringMatching(/^--demo takes --pace and --fault alone/) },
    ],
    [['--demo', '--pace', '-1'], { kind: 'wrong', message: expect.stringContaining('Usage: npm start') }],
    [['--demo', '--pace', '61'], { kind: 'wrong', message: expect.stringMatching(/^--pace must be/) }],
    [['--demo', '--fault', '{'], { kind: 'wrong', message: expect.stringMatching(/^--fault must be JSON/) }],
    [
      ['--pace', '1'],
      { kind: 'wrong', message: expect.stringMatching(/^--pace and --fault are for --demo/) },
    ],
  ])('reads %j', (parameters, flags) => {
    expect(parseStartFlags(parameters)).toEqual(flags);
  });
});

const seatsId = 'd0000000-0000-4000-8000-000000000002';

/** Runs the demo in an app's directory, interrupted once its stdout matches. `story` has a line per sentence. */
function runDemo(cwd: string, parameters: readonly string[], interruptAt?: RegExp) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'local/start.ts', '--demo', ...parameters],
    { cwd },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const hadMatched = interruptAt?.test(stdout) === true;
    stdout += chunk.toString();
    if (!hadMatched && interruptAt?.test(stdout) === true) {
      child.kill('SIGINT');
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise<{
    exitCode: number | null;
    signal: string | null;
    stdout: string;
    stderr: string;
    story: readonly string[];
  }>((resolve) => {
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode, signal, stdout, stderr, story: storyOf(stdout) }),
    );
  });
}

function storyOf(stdout: string): readonly string[] {
  const unwrapped = stdout.replaceAll(/\n {15,}/g, ' ');
  return unwrapped
    .split('\n')
    .filter((line) => /^\d\d:\d\d/.test(line))
    .map((line) => line.replaceAll(/ {2,}/g, ' '));
}
