import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Has the service import zod as a namespace. A bundler sees which parts of a namespace are used and leaves out the others;
 * of `{ z }`, one value with everything in it, it cannot: that is 440 KB more to parse at a first call, 300 of them
 * messages in some fifty languages.
 */
export const zodByParts: Plugin = {
  name: 'zod-by-parts',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](?:shared|functions)[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return {
        contents: source.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';"),
        loader: 'ts',
      };
    });
  },
};
