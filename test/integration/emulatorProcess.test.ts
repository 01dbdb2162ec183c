import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleOf } from '../../build/sample.ts';

const root = join(__dirname, '../..');
const reportIds = Array.from(
  { length: 300 },
  (_, nr) => `e0000000-0000-4000-8000-${String(nr).padStart(12, '0')}`,
);

describe('the emulator as a process', () => {
  let folder: string;
  let children: ChildProcess[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map(kill));
    await rm(folder, { recursive: true });
  });

  function start(...flags: string[]): ChildProcess {
    const child = spawn(process.execPath, ['local/emulator.ts', ...flags], { cwd: root });
    children.push(child);
    return child;
  }

  const refused: readonly (readonly [readonly string[], string])[] = [
    [[], '--port is missing.'],
    [['--port', '70000'], '--port must be 0 to 65535, not "70000".'],
    [['--port', 'x'], '--port must be 0 to 65535, not "x".'],
    [['--port', '0', '--sed', 'x'], "Unknown option '--sed'"],
    [['--port', '0', '--preset', 'perfect'], 'preset must be one of resumeAnswersWithoutEffectOnce'],
    [['--port', '0', '--policies', '{lag'], '--policies is not JSON: {lag'],
    [['--port', '0', '--policies', '{"listLagInMs":-1}'], 'listLagInMs'],
    [['--port', '0', '--seed', 'no-such-file.json'], 'no-such-file.json'],
    [['--port', '0', '--seed', 'package.json'], 'package.json is not a state document'],
  ];
  test.each(sampleOf('flags of the emulator', 2, refused))(
    '%j ends with exit code 2 and says: %s',
    async (flags, text) => {
      const child = start(...flags);
      const output = allOutput(child);
      const [code] = await once(child, 'close');

      expect(code).toBe(2);
      expect(output()).toContain(text);
    },
  );

  test('a state file that is not its own is refused and left as it is', async () => {
    const state = join(folder, 'notes.txt');
    await writeFile(state, 'shopping list');
    const child = start('--port', '0', '--state', state);
    const output = allOutput(child);

    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output()).toContain('notes.txt is not JSON');
    expect(await readFile(state, 'utf8')).toBe('shopping list');
  });

  test('tells its address and the two ready calls, and stops on SIGTERM', async () => {
    const child = start('--port', '0');
    const output = allOutput(child);
    await urlOf(child, output);

    expect(output()).toMatch(/curl .*\/_admin\/token/);
    expect(output()).toMatch(/curl .*\/pause\/a0000000-0000-4000-8000-000000000001/);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  test('behaves from the start as a preset and policies say, also with a state file that says otherwise', async () => {
    const state = join(folder, 'state.json');
    const first = start('--port', '0', '--state', state);
    await urlOf(first, allOutput(first));
    await kill(first);
    const policies = JSON.stringify({ listLagInMs: 5_000 });
    const second = start(
      '--port',
      '0',
      '--state',
      state,
      '--preset',
      'listForgetsPaused',
      '--policies',
      policies,
    );

    expect(await admin(await urlOf(second, allOutput(second)), 'GET', 'policies')).toMatchObject({
      listOmits: 'paused',
      listLagInMs: 5_000,
    });
  });

  test('a kill in the middle of work leaves a whole state file with every pause that was answered', async () => {
    const [seed, state] = [join(folder, 'seed.json'), join(folder, 'state.json')];
    await writeFile(
      seed,
      JSON.stringify({ reports: reportIds.map((reportId) => ({ reportId, reportName: reportId })) }),
    );
    const answered: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const child = start('--port', '0', '--seed', seed, '--state', state);
      const url = await urlOf(child, allOutput(child));
      const stillActive = reportIds.filter((id) => !answered.includes(id));
      const reading = readAgainAndAgain(state);
      const killAfter = answered.length + 20;
      await pauseUntilKilled({
        url,
        ids: stillActive,
        onPaused: (id) => {
          answered.push(id);
          if (answered.length === killAfter) {
            child.kill('SIGKILL');
          }
        },
      });
      reading.stop();
      await reading.done;
      await kill(child);

      const kept: unknown = JSON.parse(await readFile(state, 'utf8'));
      expect(pausedIn(kept)).toEqual(expect.arrayContaining(answered));
    }

    expect(answered.length).toBeGreaterThanOrEqual(60);
  }, 60_000);

  test('goes on after a restart where it stopped: reports, changes, policies and clock', async () => {
    const state = join(folder, 'state.json');
    const first = start('--port', '0', '--state', state);
    const firstUrl = await urlOf(first, allOutput(first));
    await admin(firstUrl, 'PUT', 'clock', { nowUtc: '2026-06-01T12:00:00Z', frozen: true });
    await admin(firstUrl, 'PATCH', 'policies', { casing: 'pascal' });
    const before = await admin(firstUrl, 'GET', 'state');
    await kill(first);

    const second = start('--port', '0', '--state', state);
    expect(await admin(await urlOf(second, allOutput(second)), 'GET', 'state')).toEqual(before);
  });
});

function allOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

async function urlOf(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /emulator at (\S+)/.exec(output())?.[1];
    if (url !== undefined) {
      return url;
    }
    if (child.stdout === null || child.exitCode !== null) {
      throw new Error(`The emulator did not start: ${output()}`);
    }
    await once(child.stdout, 'data');
  }
}

async function admin(url: string, method: string, door: string, body?: object): Promise<unknown> {
  const sent = await fetch(`${url}/_admin/${door}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return sent.json();
}

async function pauseUntilKilled({
  url,
  ids,
  onPaused,
}: {
  url: string;
  ids: string[];
  onPaused(id: string): void;
}): Promise<void> {
  const { token } = Object(await admin(url, 'POST', 'token', { kind: 'user', mfa: true }));
  const headers = { Authorization: `Bearer ${String(token)}` };
  const pause = async (id: string) => {
    const answer = await fetch(`${url}/insights/v1/mpn/ScheduledReport/pause/${id}`, {
      method: 'PUT',
      headers,
    });
    if (answer.status === 200) {
      onPaused(id);
    }
  };
  await Promise.allSettled(ids.map(pause));
}

/** Whoever reads the file at any moment finds a whole one. */
function readAgainAndAgain(path: string): { stop(): void; done: Promise<void> } {
  let stopped = false;
  const read = async () => {
    while (!stopped) {
      JSON.parse(await readFile(path, 'utf8'));
    }
  };
  return {
    stop: () => {
      stopped = true;
    },
    done: read(),
  };
}

function pausedIn(state: unknown): string[] {
  const text = JSON.stringify(state);
  return [...text.matchAll(/"reportId":"([^"]+)"[^}]*?"reportStatus":"Paused"/g)].map(
    (match) => match[1] ?? '',
  );
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}
