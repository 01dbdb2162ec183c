import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

const folders = ['functions', 'shared', 'page', 'build'];
const files = ['package.json', 'host.json', 'LICENSE'];

/** What `npm run package` made and said, in a copy of the project that is gone again. */
export interface Packaged {
  readonly zip: Uint8Array;
  /** Text by file name, as the zip has it, in its order. */
  readonly files: ReadonlyMap<string, string>;
  readonly printed: string;
  /** Where the project was meanwhile. */
  readonly projectDirectory: string;
}

/** Copies the sources into a new folder and packages them there. */
export function packageACopy(options: { folderName: string; nodePath: string; timeZone: string }): Packaged {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'intermission-package-')));
  const projectDirectory = join(parent, options.folderName);
  mkdirSync(projectDirectory);
  for (const name of folders) cpSync(name, join(projectDirectory, name), { recursive: true });
  for (const name of files) copyFileSync(name, join(projectDirectory, name));
  symlinkSync(join(process.cwd(), 'node_modules'), join(projectDirectory, 'node_modules'));
  const printed = execFileSync(
    options.nodePath,
    ['--disable-warning=ExperimentalWarning', 'build/package.ts'],
    { cwd: projectDirectory, env: { ...process.env, TZ: options.timeZone }, encoding: 'utf8' },
  );
  const zip = new Uint8Array(readFileSync(join(projectDirectory, 'dist/intermission.zip')));
  rmSync(parent, { recursive: true });
  const entries = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  return { zip, files: new Map(entries), printed, projectDirectory };
}

/** Unpacks into an empty folder that has no project and no `node_modules` above it. */
export function unpack({ files: packed }: Packaged): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'intermission-unpacked-')));
  for (const [name, text] of packed) {
    writeFileSync(join(directory, name), text);
  }
  return directory;
}
