import { CommandError } from '../../../ctl/commandError.ts';
import { commandHelp } from '../../../ctl/commandHelp.ts';
import { didYouMean } from '../../../ctl/didYouMean.ts';
import { parseCommandLine } from '../../../ctl/parseCommandLine.ts';
import { settleTimes } from '../../../ctl/times/settleTimes.ts';

const id = 'B0000000-0000-4000-8000-00000000000a';
const env = { INTERMISSION_URL: 'https://app.example', INTERMISSION_KEY: 'key-of-the-environment' };

function refusalOf(argv: readonly string[], given: Readonly<Record<string, string>> = env): CommandError {
  try {
    parseCommandLine(argv, given);
  } catch (error: unknown) {
    if (error instanceof CommandError) return error;
  }
  throw new Error('it was not refused');
}

describe('the command line', () => {
  test('takes address and key from the environment', () => {
    expect(parseCommandLine(['status'], env)).toMatchObject({
      connection: {
        origin: 'https://app.example',
        signIn: { kind: 'key', key: 'key-of-the-environment' },
      },
    });
  });

  test('puts flags before the environment, also for how to sign in', () => {
    const argv = ['status', '--url', 'http://127.0.0.1:7071/api/', '--audience', 'api://app'];

    expect(parseCommandLine(argv, env)).toMatchObject({
      connection: { origin: 'http://127.0.0.1:7071', signIn: { kind: 'azureCli', audience: 'api://app' } },
    });
  });

  test('says with a key who asks, where somebody says so', () => {
    expect(parseCommandLine(['status', '--by', 'Ana'], env)).toMatchObject({
      connection: { signIn: { kind: 'key', by: 'Ana' } },
    });
  });

  test('makes the body of a pause of its flags', () => {
    const argv = ['pause', id, '-', '--duration', 'PT4H', '--reason', 'moving', '--request', 'change-1'];

    expect(parseCommandLine(argv, env)).toMatchObject({
      command: {
        name: 'pause',
        ids: [id, '-'],
        body: { duration: 'PT4H', reason: 'moving', requestId: 'change-1' },
      },
    });
  });

  test.each([
    ['2h', 'PT2H'],
    ['90m', 'PT90M'],
    ['1d', 'P1D'],
    ['PT1H30M', 'PT1H30M'],
  ])('takes --by %s of extend for how much longer, and who asks from the environment', (by, iso) => {
    const argv = ['extend', 'nightly', '--by', by, '--why', 'the load is late'];

    expect(parseCommandLine(argv, { ...env, INTERMISSION_BY: 'Ana' })).toMatchObject({
      command: { name: 'extend', window: 'nightly', body: { by: iso, reason: 'the load is late' } },
      connection: { signIn: { kind: 'key', by: 'Ana' } },
    });
  });

  test('makes the body of a resume of its flags', () => {
    const argv = ['resume', id, '--include-windows', '--take-over', '--reason', 'Dana agrees'];

    expect(parseCommandLine(argv, env)).toMatchObject({
      command: { ids: [id], body: { includeWindows: true, takeOver: true, reason: 'Dana agrees' } },
    });
  });

  test('asks for help of all, or of one command, and for the version, without an address', () => {
    expect(parseCommandLine(['--help'], {})).toEqual({ kind: 'help', of: null });
    expect(parseCommandLine(['help'], {})).toEqual({ kind: 'help', of: null });
    expect(parseCommandLine(['pause', '--help'], {})).toEqual({ kind: 'help', of: 'pause' });
    expect(parseCommandLine(['help', 'windows', 'push'], {})).toEqual({ kind: 'help', of: 'windows push' });
    expect(parseCommandLine(['--version'], {})).toEqual({ kind: 'version' });
  });

  test.each(Object.entries(commandHelp))('takes each example of the help of %s', (name, { examples }) => {
    for (const example of examples) {
      const words = example.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
      const line = parseCommandLine(words, env);

      expect(line).toMatchObject({ kind: 'run', command: { name } });
      if (line.kind === 'run') {
        settleTimes(line.command, {
          nowMs: () => Date.UTC(2026, 10, 30, 12),
          timeZone: 'UTC',
          err: () => {},
        });
      }
    }
  });

  test('guesses no word that is far from it, or as near to another', () => {
    expect(refusalOf(['xyzzy']).message).not.toContain('Did you mean');
    expect(didYouMean('rain', ['drain', 'train'])).toBe('');
    expect(didYouMean('ad', ['all'])).toBe('');
  });

  test('names reports by a pattern or all of them, in place of ids', () => {
    expect(parseCommandLine(['pause', '--name', 'Sales*', '--duration', 'PT1H'], env)).toMatchObject({
      command: { ids: [], body: { reports: { namePattern: 'Sales*' }, duration: 'PT1H' } },
    });
    expect(parseCommandLine(['resume', '--all-reports'], env)).toMatchObject({
      command: { ids: [], body: { reports: { all: true } } },
    });
  });

  test('takes --dry-run with what pauses or resumes, and a drain needs no --yes then', () => {
    for (const argv of [['pause', id], ['resume', id], ['drain']]) {
      expect(parseCommandLine([...argv, '--dry-run'], env)).toMatchObject({ command: { isDry: true } });
    }
    expect(parseCommandLine(['pause', id], env)).toMatchObject({ command: { isDry: false } });
  });

  test.each([
    [[], 'Name a command'],
    [['stop'], 'no such command'],
    [['puase', id], 'Did you mean "pause"?'],
    [['drian', '--yes'], 'Did you mean "drain"?'],
    [['pause', id, '--dryrun'], 'Did you mean "--dry-run"?'],
    [['pause', id, '--untill', 'x'], 'Did you mean "--until"?'],
    [['help', 'resmue'], 'Did you mean "resume"?'],
    [['status', '--until', '2026-01-01T00:00:00Z'], '--until is no flag of "status"'],
    [['status', 'everything'], 'takes nothing but flags'],
    [['pause'], 'at least one report id'],
    [['pause', id, '--until', 'x', '--duration', 'y'], 'either --until or --duration'],
    [['pause', id, '--reason', ''], '--reason is empty'],
    [['pause', id, '--wait', 'long'], '--wait must be'],
    [['pause', id, '--unknown'], '--unknown'],
    [['resume'], 'either report ids or --request'],
    [['resume', id, '--request', 'change-1'], 'either report ids or --request'],
    [['resume', id, '--take-over'], '--take-over needs --reason'],
    [['why', 'AzureUsage'], 'is not the id of a report'],
    [['why', id, id], 'exactly one id'],
    [['runs'], 'exactly one id'],
    [['pause', id, '--name', 'Sales*'], 'one of these ways'],
    [['resume', '--all-reports', '--request', 'x'], 'one of these ways'],
    [['pause', '--name', 'Sales*', '--all-reports'], 'either --name or --all-reports'],
    [['why', id, '--name', 'Sales*'], '--name is no flag'],
    [['reports', '--limit', 'all'], '--limit must be'],
    [['drain'], 'give --yes'],
    [['wait'], 'wait needs --window NAME'],
    [['wait', '--window', 'nightly', '--timeout', 'long'], '--timeout must be 0 to 1440 minutes'],
    [['end', '--why', 'x'], 'end needs the NAME of one window'],
    [['end', 'nightly'], 'end needs --why TEXT'],
    [['extend', 'nightly', '--why', 'x'], 'extend needs either --by 2h, how much longer, or --until INSTANT'],
    [['extend', 'nightly', '--why', 'x', '--by', 'ana'], '--by is how much longer'],
    [['acknowledge', id, '--reason', 'x', '--dry-run'], '--dry-run is no flag of "acknowledge"'],
    [['relearn', '--reason', 'x'], 'relearn needs --account NAME and --reason TEXT'],
    [['relearn', '--account', 'default'], 'relearn needs --account NAME and --reason TEXT'],
    [['relearn', 'default', '--reason', 'x'], 'takes nothing but flags'],
    [['status', '--url', 'app.example'], '--url must be an address'],
    [['status', '--url', 'http://app.example'], '--url must begin with https'],
    [['status', '--url', 'https://app.example/somewhere'], 'without a path'],
    [['status', '--key', 'a b'], '--key'],
    [['status', '--key', 'a', '--audience', 'b'], 'either --key or --audience'],
    [['status', '--by', 'Ana\nB'], '--by'],
    [['status', '--audience', 'b', '--by', 'Ana'], '--by goes with a key'],
  ])('refuses %j in one line that says what to do', (argv, told) => {
    const { exitCode, message } = refusalOf(argv);

    expect([exitCode, message]).toEqual([2, expect.stringContaining(told)]);
    expect(message).not.toContain('\n');
  });

  test('says where an address or a sign-in is to be given', () => {
    expect(refusalOf(['status'], {}).message).toContain('--url URL');
    expect(refusalOf(['status'], { INTERMISSION_URL: 'https://app.example' }).message).toContain(
      'INTERMISSION_KEY',
    );
  });

  test.each([
    ['https://app.example/api/pause?code=SECRET'],
    ['https://user:SECRET@app.example'],
    ['http://app.example/SECRET'],
    ['SECRET'],
  ])('repeats nothing of a refused address: %s', (url) => {
    expect(refusalOf(['status', '--url', url]).message).not.toContain('SECRET');
  });

  test('repeats nothing of a refused key', () => {
    expect(refusalOf(['status', '--key', 'SECRET\n']).message).not.toContain('SECRET');
  });
});

describe('exempt', () => {
  const WHY = ['--why', 'month-end'];
  const parsed = (...argv: string[]) => {
    const line = parseCommandLine(argv, env);
    return line.kind === 'run' ? line.command : line;
  };

  test('makes the body of the request of its flags', () => {
    expect(parsed('exempt', id, '--window', 'nightly,weekly', '--until', '18:00', ...WHY)).toEqual({
      ...{ name: 'exempt', ids: [id], isDry: false },
      body: { windows: ['nightly', 'weekly'], until: '18:00', reason: 'month-end' },
    });
    expect(
      parsed('exempt', '--name', 'Sales*', '--all-windows', '--duration', 'PT4H', '--dry-run', ...WHY),
    ).toMatchObject({
      ...{ ids: [], isDry: true },
      body: { reports: { namePattern: 'Sales*' }, allWindows: true, duration: 'PT4H', reason: 'month-end' },
    });
    expect(parsed('exemptions', 'end', 'abc', ...WHY)).toMatchObject({
      ...{ name: 'exemptions end', id: 'abc', body: { reason: 'month-end' } },
    });
    expect(parsed('exemptions', '--account', 'emea')).toEqual({ name: 'exemptions', account: 'emea' });
  });

  test('takes so much time from now as a duration, and a time of day as an instant', () => {
    const here = { nowMs: () => Date.parse('2026-03-01T12:00:00Z'), timeZone: 'UTC', err: () => {} };
    const command = parsed('exempt', id, '--all-windows', '--until', '+4h', ...WHY);
    expect('name' in command && settleTimes(command, here)).toMatchObject({
      body: { duration: 'PT240M' },
    });
  });

  test.each<[string, readonly string[]]>([
    ['which reports', ['exempt', '--all-windows', '--until', '18:00', ...WHY]],
    ['which windows', ['exempt', id, '--until', '18:00', ...WHY]],
    [
      'one way to say which windows',
      ['exempt', id, '--window', 'a', '--all-windows', '--until', '18:00', ...WHY],
    ],
    ['an end', ['exempt', id, '--all-windows', ...WHY]],
    ['a reason', ['exempt', id, '--all-windows', '--until', '18:00']],
    ['which exemption is to end', ['exemptions', 'end', ...WHY]],
    ['why it is to end', ['exemptions', 'end', 'abc']],
  ])('wants to know %s', (_, argv) => {
    expect(refusalOf(argv)).toMatchObject({ exitCode: 2 });
  });
});
