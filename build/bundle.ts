// Bundles the functions: dist/main.cjs, which a cold start loads, and dist/service.cjs, which the first call loads.
// esbuild's CommonJS output has no code splitting, so the lazy chunk is an entry of its own.
import { rm } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

const lazyChunk: Plugin = {
  name: 'lazy-chunk',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/composition\/service\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './service.cjs', external: true } : null,
    );
  },
};

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'functions/main.ts', service: 'shared/composition/service.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // The Functions worker provides it at run time; there is no such package.
  external: ['@azure/functions-core'],
  plugins: [lazyChunk],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
});
