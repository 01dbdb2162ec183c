import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Two plugins that split what an entry imports by `import()` from the entry itself. */
export interface LazyParts {
  /** Leaves those files out of the entry, which asks for them in `FIRST_CALL` instead. */
  readonly leaveOut: Plugin;
  /** Puts what was left out so far into the entry point `FIRST_CALL` of another build. */
  readonly collect: Plugin;
}

/** What a first call loads: the service and every route, in one file. */
export const FIRST_CALL = 'service';

/**
 * Puts all files of the project that are imported by `import()` into one part, which the bundle loads when the first of them is
 * asked for: they share nearly all that they load, and one file is faster to open than many.
 */
export function lazyParts(): LazyParts {
  const pathByName = new Map<string, string>();
  const leaveOut: Plugin = {
    name: 'leave-out',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') {
          return null;
        }
        const name = basename(path, '.ts');
        pathByName.set(name, join(resolveDir, path));
        return { path: name, namespace: 'left-out' };
      });
      onResolve({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
        contents: `module.exports = require('./${FIRST_CALL}.cjs').${path};`,
      }));
    },
  };
  const collect: Plugin = {
    name: 'collect',
    setup: ({ onResolve, onLoad, initialOptions }) => {
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'entry-point' ? { path: `${path}.ts`, namespace: 'collected' } : null,
      );
      onLoad({ filter: /./, namespace: 'collected' }, () => ({
        contents: [...pathByName]
          .map(([name, path]) => `export * as ${name} from ${JSON.stringify(path)};`)
          .join('\n'),
        resolveDir: initialOptions.absWorkingDir ?? process.cwd(),
      }));
    },
  };
  return { leaveOut, collect };
}
