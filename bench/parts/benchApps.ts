import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFiles } from '../../build/package/packageFiles.ts';

/** One function by hand and no library: what loading a file costs at all. */
const EMPTY = `require('@azure/functions-core').registerFunction(
  { name: 'tick', bindings: { timer: { type: 'httpTrigger', direction: 'in', methods: ['GET'], authLevel: 'anonymous' } } }, () => {});`;

/** The smallest app that a person would write: a route and a timer, by Microsoft's library, bundled. */
const HELLO = `import { app } from '@azure/functions';
app.http('hello', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ body: 'Hello, world' }) });
app.timer('tick', { schedule: process.env.TICK_SCHEDULE, handler: async (_timer, context) => { context.info('Hello, world'); } });`;

/** Hello world, and its timer asks Table Storage for one row: what nobody is spared who keeps anything in a table. */
const ONE_ROW = `import { app } from '@azure/functions';
app.timer('tick', { schedule: process.env.TICK_SCHEDULE, handler: async () => {
  const { TableClient } = require('./tables.cjs');
  const client = TableClient.fromConnectionString(process.env.AzureWebJobsStorage, 'IntermissionLive', { allowInsecureConnection: true });
  for await (const _ of client.listEntities({ queryOptions: { filter: "PartitionKey eq 'app'" } }));
} });`;

/** Folders that a functions host can run. */
export interface BenchApps {
  readonly empty: string;
  readonly helloWorld: string;
  readonly oneRow: string;
  readonly intermission: string;
  remove(): Promise<void>;
}

/** Makes the apps, each as it would be deployed: Intermission as `npm run package` does. */
export async function makeBenchApps(): Promise<BenchApps> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'intermission-bench-')));
  const folder = async (name: string, files: Iterable<readonly [string, string]>) => {
    const directory = join(parent, name);
    await mkdir(directory);
    for (const [file, text] of files) {
      await writeFile(join(directory, file), text);
    }
    return directory;
  };
  const small = (name: string, main: string, ...more: readonly (readonly [string, string])[]) =>
    folder(name, [
      ...more,
      ['main.cjs', main],
      ['host.json', '{ "version": "2.0" }'],
      ['package.json', '{ "main": "main.cjs" }'],
    ]);
  return {
    empty: await small('empty', EMPTY),
    helloWorld: await small('helloWorld', await bundle(HELLO)),
    oneRow: await small('oneRow', await bundle(ONE_ROW), ['tables.cjs', await bundle(TABLES)]),
    intermission: await folder('intermission', await packageFiles(process.cwd())),
    remove: () => rm(parent, { recursive: true }),
  };
}

const TABLES = `export { TableClient } from '@azure/data-tables';`;

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    ...{
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      external: ['@azure/functions-core', './tables.cjs'],
    },
    ...{ minifySyntax: true, minifyWhitespace: true, legalComments: 'none', write: false },
  });
  return outputFiles.map(({ text }) => text).join('');
}
