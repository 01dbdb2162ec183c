import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleFunctions } from './bundleFunctions.ts';
import { noticeText } from './noticeText.ts';
import { readThirdParties } from './thirdParty.ts';

const manifestShape = z.object({ name: z.string(), version: z.string(), license: z.string() });

/**
 * What a deployment is made of: text by file name, sorted. Self-contained: no `node_modules`, and nothing that a build on
 * Azure's side would have to do. The same sources and packages make the same bytes on any machine.
 */
export async function packageFiles(projectDirectory: string): Promise<ReadonlyMap<string, string>> {
  const read = (name: string) => readFile(join(projectDirectory, name), 'utf8');
  const { files, packageFolders } = await bundleFunctions(projectDirectory);
  const thirdParties = await readThirdParties(packageFolders.map((folder) => join(projectDirectory, folder)));
  const { name, version, license } = manifestShape.parse(JSON.parse(await read('package.json')));
  // The worker reads `main` and `type`; an operator reads the version.
  const manifest = { name, version, private: true, license, type: 'commonjs', main: 'main.cjs' };
  const all = new Map([
    ...files,
    ['host.json', await read('host.json')],
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['LICENSE', await read('LICENSE')],
    ['THIRD-PARTY-NOTICES.txt', noticeText(thirdParties)],
  ]);
  return new Map([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
}
