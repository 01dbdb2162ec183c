import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** One import, export-from or `import()` of a file. */
export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** The file it means, from the root with `/`; null where it is a package or a Node module. */
  readonly file: string | null;
  /** Erased before the code runs. */
  readonly isType: boolean;
  /** An `import()`, which loads when it is called and not with the file. */
  readonly isLazy: boolean;
}

/** One source file, read. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments, so that what people write there is not taken for code. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const ROOT = process.cwd();

/** Every TypeScript file below these folders of the project; a folder that is not there has none. */
export function readSources(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => listFiles(folder, /\.tsx?$/)).map(readSource);
}

/** Every file below a folder whose name matches, from the root with `/`. */
export function listFiles(folder: string, name: RegExp): readonly string[] {
  const directory = join(ROOT, folder);
  return !existsSync(directory)
    ? []
    : readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && name.test(entry.name))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = withoutComments(text);
  return { path, text, code, imports: importsOf(path, code) };
}

/** Comments that fill lines, which is where this project has them; a `//` within a line may be part of a text. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[\w*${}\s,]+?\sfrom\s+)?'([^']+)'/gm;
const CALL = /(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/g;

/** Reads the imports out of code that Biome has formatted: single quotes, statements at the start of a line. */
export function importsOf(path: string, code: string): readonly Import[] {
  const readAll = (pattern: RegExp, isLazy: boolean) =>
    [...code.matchAll(pattern)].map(([, type, specifier = '']) => ({
      specifier,
      file: specifier.startsWith('.') ? join(dirname(path), specifier).split(sep).join('/') : null,
      isType: type !== undefined,
      isLazy,
    }));
  return [...readAll(STATEMENT, false), ...readAll(CALL, true)];
}

/** The files that loading `path` also loads, and the packages and Node modules they load in turn. */
export function loadedBy(
  path: string,
  sources: ReadonlyMap<string, SourceFile>,
): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!files.has(next)) {
      files.add(next);
      for (const { specifier, file, isType } of sources.get(next)?.imports ?? []) {
        if (!isType && file === null) packages.add(specifier);
        if (!isType && file !== null) open.push(file);
      }
    }
  }
  return { files, packages };
}
