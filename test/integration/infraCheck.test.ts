import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'intermission-infra-'));

afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the check where nothing is installed but these tools, each a shell script. */
function checkWith(tools: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(directory, 'path-'));
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'build/infraCheck.ts'],
    { env: { PATH: folder, HOME: folder }, encoding: 'utf8' },
  );
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout };
}

describe('npm run infra:check', () => {
  test('says loudly that nothing was checked where nothing can bring the compiler, and does not fail for it', () => {
    const { status, lastLine, stdout } = checkWith({});

    expect(stdout).toContain('SKIPPED: INFRA IS NOT CHECKED');
    expect(lastLine).toBe('infra:check: 0 passed, 0 failed, 1 skipped');
    expect(status).toBe(0);
  });

  test('fails where the compiler could be had and cannot be fetched', () => {
    const { status, lastLine, stdout } = checkWith({
      dotnet: '[ "$1" = --version ] && exit 0; echo "error NU1101: no such package"; exit 1',
    });

    expect(stdout).toContain('NU1101');
    expect(lastLine).toBe('infra:check: 0 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });

  test('fails where the compiler ends in the middle', () => {
    const { status, lastLine } = checkWith({
      bicep: '[ "$1" = --version ] && { echo "Bicep CLI version 0.49.2 (x)"; exit 0; }; exit 3',
    });

    expect(lastLine).toMatch(/^infra:check: 0 passed, [1-9]\d* failed, 0 skipped$/);
    expect(status).toBe(1);
  });
});
