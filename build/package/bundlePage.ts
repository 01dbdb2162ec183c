import { basename } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { gzipSync } from 'fflate';
import type { BuiltFile, BuiltPage } from '../../shared/page/builtPage.ts';

/** The page as the app serves it, and what it was made of. */
export interface BundledPage {
  readonly page: BuiltPage;
  readonly metafile: Metafile;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Bundles `page/` for browsers. What signs in with Entra is a file of its own, which is loaded where it is needed. Compressed
 * by a library and not by Node, whose releases compress differently: the same bytes on every machine.
 */
export async function bundlePage(projectDirectory: string, version: string): Promise<BundledPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectDirectory,
    entryPoints: { main: 'page/main.tsx', icon: 'page/icon.svg' },
    outdir: 'dist',
    ...{ entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]' },
    ...{ bundle: true, write: false, metafile: true, splitting: true, format: 'esm', minify: true },
    ...{ platform: 'browser', target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact' },
    ...{ legalComments: 'none', preserveSymlinks: true, logLevel: 'warning' },
    // What the compiler of types is told is not for the bundler, and lies elsewhere where only sources are copied.
    tsconfigRaw: {},
    loader: { '.svg': 'copy' },
    define: { INTERMISSION_VERSION: JSON.stringify(version) },
  });
  const files = outputFiles
    .map(({ path, contents }) => [basename(path), fileOf(path, contents)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const named = (pattern: RegExp) => files.map(([name]) => name).find((name) => pattern.test(name)) ?? '';
  return {
    page: {
      script: named(/^main-\w+\.js$/),
      style: named(/^main-\w+\.css$/),
      icon: named(/^icon-\w+\.svg$/),
      files: Object.fromEntries(files),
    },
    metafile,
  };
}

function fileOf(path: string, contents: Uint8Array): BuiltFile {
  const gzip = gzipSync(contents, { level: 9, mtime: 0 });
  const type = contentTypes[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return { contentType: type, gzip: Buffer.from(gzip).toString('base64') };
}

/** Puts the built page in the place of the file that stands for it. */
export function embedPage(page: BuiltPage): Plugin {
  return {
    name: 'embed-page',
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]shared[\\/]page[\\/]builtPage\.ts$/ }, () => ({
        contents: `export const builtPage = ${JSON.stringify(page)};`,
        loader: 'js',
      }));
    },
  };
}
