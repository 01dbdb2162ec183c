import { unzipSync } from 'fflate';
import { mergeSmallParts } from '../../../build/package/mergeSmallParts.ts';
import { nameChunks } from '../../../build/package/nameChunks.ts';
import { packageFolderOf } from '../../../build/package/packageFolder.ts';
import { zipFiles } from '../../../build/package/zipFiles.ts';

describe('the zip', () => {
  test('has the files in their order, at a fixed time, readable by all', () => {
    const zip = zipFiles(
      new Map([
        ['b.txt', 'ü'],
        ['a.txt', ''],
      ]),
    );
    const entry = (name: string) => Buffer.from(zip).lastIndexOf(name) - 46;
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);

    expect(Object.keys(unzipSync(zip))).toEqual(['b.txt', 'a.txt']);
    for (const name of ['a.txt', 'b.txt']) {
      expect(view.getUint32(entry(name), true)).toBe(0x02014b50);
      // DOS time and date: midnight, 1 January 1980.
      expect(view.getUint32(entry(name) + 12, true)).toBe(0x00210000);
      expect(view.getUint32(entry(name) + 38, true) >>> 16).toBe(0o100644);
    }
  });
});

describe('the names of the parts of the bundle', () => {
  const output = (inputs: Readonly<Record<string, number>>, entryPoint?: string) => ({
    ...{ bytes: 0, imports: [], exports: [], ...(entryPoint !== undefined && { entryPoint }) },
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
    ),
  });

  test('say what is loaded on demand, and for the rest what most of it is', () => {
    const outputs = {
      'dist/service.cjs': output({ 'shared/a.ts': 10 }, 'shared/composition/service.ts'),
      'dist/esm-AAAA.cjs': output(
        { 'node_modules/@azure/identity/x.js': 9 },
        'node_modules/@azure/identity/x.js',
      ),
      'dist/chunk-B.cjs': output({ 'node_modules/debug/y.js': 5, 'node_modules/@azure/core-auth/z.js': 6 }),
      'dist/chunk-C.cjs': output({ 'shared/b.ts': 3 }),
      'dist/chunk-D.cjs': output({}),
    };

    expect(Object.fromEntries(nameChunks({ inputs: {}, outputs }))).toEqual({
      'dist/service.cjs': 'service.cjs',
      'dist/esm-AAAA.cjs': 'azure-identity.cjs',
      'dist/chunk-B.cjs': 'common-azure-core-auth.cjs',
      'dist/chunk-C.cjs': 'common-own.cjs',
      'dist/chunk-D.cjs': 'common-runtime.cjs',
    });
  });

  test('are different for parts that are alike, and do not depend on the order in which they come', () => {
    const first = output({ 'node_modules/debug/a.js': 5 });
    const second = output({ 'node_modules/debug/b.js': 5 });
    const names = (outputs: Readonly<Record<string, ReturnType<typeof output>>>) =>
      Object.fromEntries(nameChunks({ inputs: {}, outputs }));

    expect(names({ x: first, y: second })).toEqual({ x: 'common-debug.cjs', y: 'common-debug-2.cjs' });
    expect(names({ y: second, x: first })).toEqual({ x: 'common-debug.cjs', y: 'common-debug-2.cjs' });
  });

  test.each([
    ['node_modules/zod/v4/index.js', 'node_modules/zod'],
    ['node_modules/@azure/identity/dist/index.js', 'node_modules/@azure/identity'],
    ['node_modules/axios/node_modules/agent-base/x.js', 'node_modules/axios/node_modules/agent-base'],
    ['shared/model/report.ts', null],
  ])('take %s for a file of %s', (path, folder) => {
    expect(packageFolderOf(path)).toBe(folder);
  });
});

describe('the small parts of the bundle, put into one file', () => {
  const big = `/*${'x'.repeat(30_000)}*/`;
  const files = new Map([
    ['main.cjs', 'exports.run=()=>require("./service.cjs").run()'],
    [
      'service.cjs',
      'const a=require("./a.cjs");exports.run=()=>[a.name,a.b.name,a===require("./a.cjs"),require("./big.cjs").name]',
    ],
    ['a.cjs', 'globalThis.count();exports.name="a";exports.b=require("./b.cjs")'],
    ['b.cjs', 'exports.name="b";exports.a=require("./a.cjs")'],
    ['big.cjs', `${big}exports.name="big and "+require("./b.cjs").name`],
  ]);

  /** Runs `main.cjs` of a bundle as Node would, with its files in memory. */
  function run(bundle: ReadonlyMap<string, string>): { readonly said: unknown; readonly counted: number } {
    let counted = 0;
    const count = () => {
      counted += 1;
    };
    const made = new Map<string, { exports: Record<string, () => unknown> }>();
    const load = (name: string) => {
      const known = made.get(name);
      if (known !== undefined) {
        return known.exports;
      }
      const module = { exports: {} };
      made.set(name, module);
      const text = bundle.get(name.replace('./', '')) ?? 'throw new Error("no such file")';
      new Function('module', 'exports', 'require', 'globalThis', text)(module, module.exports, load, {
        count,
      });
      return made.get(name)?.exports ?? {};
    };
    return { said: load('./main.cjs')['run']?.(), counted };
  }

  test('are the same modules as before: each runs once, when it is asked for, and may ask for others', () => {
    const merged = mergeSmallParts(files, new Set(['main.cjs', 'service.cjs']));

    expect([...merged.keys()]).toEqual(['main.cjs', 'service.cjs', 'big.cjs', 'common.cjs']);
    expect(run(merged)).toEqual(run(files));
    expect(run(merged)).toEqual({ said: ['a', 'b', true, 'big and b'], counted: 1 });
  });

  test('leave a bundle without small parts as it is', () => {
    expect(mergeSmallParts(files, new Set(files.keys()))).toEqual(files);
  });
});
