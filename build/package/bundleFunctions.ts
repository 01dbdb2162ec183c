import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Metafile, type TransformOptions, transform } from 'esbuild';
import { z } from 'zod';
import { bundlePage, embedPage } from './bundlePage.ts';
import { FIRST_CALL, lazyParts } from './lazyParts.ts';
import { mergeSmallParts } from './mergeSmallParts.ts';
import { nameChunks } from './nameChunks.ts';
import { noRemoteConfiguration } from './noRemoteConfiguration.ts';
import { packageFolderOf } from './packageFolder.ts';
import { zodByParts } from './zodByParts.ts';

/** The functions as files that Azure's Node.js worker loads without any `node_modules`. */
export interface Bundle {
  /** Text by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders of the npm packages of which something is inside, sorted; relative to the project. */
  readonly packageFolders: readonly string[];
}

const ENTRY = 'functions/main.ts';

/** Names of functions stay, so that a stack trace can be read without a source map. */
const output = {
  target: 'node22',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // `import()` of these files would start Node's loader of ES modules at a cold start; `require` does not.
  supported: { 'dynamic-import': false },
} satisfies TransformOptions;

/** Packages of which another file than their entry is bundled. */
export const BUNDLE_ALIASES = {
  // Its other form requires its own files by a name that no bundler can follow.
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
  // Its CommonJS entry holds the same table twice, and a second table that nothing here reads.
  'windows-iana': 'windows-iana/dist/windows-iana.esm.js',
};

/**
 * Bundles the functions of a project. `main.cjs` is what a cold start loads; the rest is loaded when it is first needed:
 * `service.cjs` at the first call, and each heavy package that the service imports by `import()` in a file of its own.
 */
export async function bundleFunctions(projectDirectory: string): Promise<Bundle> {
  const version = await versionOf(projectDirectory);
  const { page, metafile: ofPage } = await bundlePage(projectDirectory, version);
  const input: BuildOptions = {
    absWorkingDir: projectDirectory,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    // Paths that show in the bundle are those of the project, wherever its packages really lie.
    preserveSymlinks: true,
    // The Functions worker provides it at run time; there is no such package.
    external: ['@azure/functions-core'],
    alias: BUNDLE_ALIASES,
    outExtension: { '.js': '.cjs' },
    // What `shared/http/version.ts` reads.
    define: { INTERMISSION_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  };
  const lazy = lazyParts();
  const main = await build({
    ...{ ...input, ...output, entryPoints: { main: ENTRY }, format: 'cjs' },
    ...{ plugins: [lazy.leaveOut, zodByParts], write: false, metafile: true },
  });
  // esbuild splits code for ES modules only, so the parts are split first and made CommonJS one by one.
  const parts = await build({
    ...{ ...input, ...output, entryPoints: { [FIRST_CALL]: FIRST_CALL }, format: 'esm', splitting: true },
    ...{
      plugins: [lazy.collect, embedPage(page), zodByParts, noRemoteConfiguration],
      write: false,
      metafile: true,
      supported: {},
    },
  });
  const names = nameChunks(parts.metafile);
  const nameByHash = new Map([...names].map(([path, name]) => [basename(path), name]));
  const texts = new Map(main.outputFiles.map(({ path, text }) => [basename(path), text]));
  const entries = new Set([...texts.keys(), `${FIRST_CALL}.cjs`]);
  for (const { path, text } of parts.outputFiles) {
    const { code } = await transform(renameImports(text, nameByHash), { ...output, format: 'cjs' });
    texts.set(nameByHash.get(basename(path)) ?? basename(path), code);
  }
  const files = mergeSmallParts(texts, entries);
  return {
    files: new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1))),
    packageFolders: packageFoldersOf(main.metafile, parts.metafile, ofPage),
  };
}

async function versionOf(projectDirectory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(projectDirectory, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

function renameImports(text: string, nameByHash: ReadonlyMap<string, string>): string {
  return text.replace(/"\.\/([\w.-]+\.cjs)"/g, (whole, name: string) => {
    const renamed = nameByHash.get(name);
    return renamed === undefined ? whole : `"./${renamed}"`;
  });
}

function packageFoldersOf(...metafiles: readonly Metafile[]): readonly string[] {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((one) => Object.entries(one.inputs))
    .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  const folders = new Set(inputs.map(packageFolderOf).filter((folder) => folder !== null));
  return [...folders].sort();
}
