import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programRunner, type RunProgram } from '../../tools/azure/runProgram.ts';

/** A machine on which nothing is installed but these tools. */
export interface FakeTools {
  readonly run: RunProgram;
  /** What the fake Azure CLI was called with, a line each. */
  azCalls(): readonly string[];
  /** What the fake Azure CLI knows. */
  setAz(state: object): void;
  remove(): void;
}

/** Puts the fake Azure CLI, and shell scripts by name, onto a path of their own. */
export function fakeTools({
  hasAz = true,
  scripts = {},
}: {
  readonly hasAz?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
}): FakeTools {
  const folder = mkdtempSync(join(tmpdir(), 'intermission-tools-'));
  const az = `exec "${process.execPath}" "${resolve('test/fixtures/tools/fakeAz.cjs')}" "$@"`;
  for (const [name, script] of Object.entries({ ...(hasAz ? { az } : {}), ...scripts })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return {
    run: programRunner({ PATH: folder, FAKE_AZ_FOLDER: folder }),
    azCalls: () => {
      try {
        return readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
      } catch {
        return [];
      }
    },
    setAz: (state) => writeFileSync(join(folder, 'state.json'), JSON.stringify(state)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
