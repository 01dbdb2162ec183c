// Bundles the functions into dist/, from where `npm start`, `func start` and the tests run them.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunctions } from './package/bundleFunctions.ts';

const { files } = await bundleFunctions(process.cwd());
await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const [name, text] of files) {
  await writeFile(join('dist', name), text);
}
