import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** A plugin that leaves out what an entry imports by `import()`, and what it has left out so far, by name. */
export interface LazyParts {
  readonly plugin: Plugin;
  /** Absolute paths by the name under which the bundle asks for them: `./service.cjs`. */
  readonly entryPoints: Readonly<Record<string, string>>;
}

/** Makes each file of the project that is imported by `import()` a part of its own, which the bundle loads when it runs there. */
export function lazyParts(): LazyParts {
  const entryPoints: Record<string, string> = {};
  const plugin: Plugin = {
    name: 'lazy-parts',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') {
          return null;
        }
        const name = basename(path, '.ts');
        entryPoints[name] = join(resolveDir, path);
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
  return { plugin, entryPoints };
}
