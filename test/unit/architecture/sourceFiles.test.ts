import { importsOf } from './sourceFiles.ts';

describe('the reader of imports, on which the other tests here rest', () => {
  test.each([
    [`import { a } from './a.ts';`, './a.ts', false],
    [`import { type A, b } from './a.ts';`, './a.ts', false],
    [`import {\n  a,\n  type B,\n} from './a.ts';`, './a.ts', false],
    [`import a, { b } from 'axios';`, 'axios', false],
    [`import * as all from './a.ts';`, './a.ts', false],
    [`import './a.ts';`, './a.ts', false],
    [`import type { A } from './a.ts';`, './a.ts', true],
    [`export { a } from './a.ts';`, './a.ts', false],
    [`export * from './a.ts';`, './a.ts', false],
    [`export type { A } from './a.ts';`, './a.ts', true],
    [`const { a } = await import('axios');`, 'axios', false],
    [`type A = typeof import('./a.ts');`, './a.ts', true],
  ])('reads %s', (code, specifier, isType) => {
    expect(importsOf('x/y.ts', code)).toEqual([
      {
        specifier,
        isType,
        isLazy: code.includes('import('),
        file: specifier.startsWith('.') ? 'x/a.ts' : null,
      },
    ]);
  });

  test.each([`const text = 'from';`, `export const from = 'a';`, `export type A = 'a' | 'b';`])(
    'takes %s for no import',
    (code) => {
      expect(importsOf('x/y.ts', code)).toEqual([]);
    },
  );

  test('reads each of several', () => {
    const code = `import { a } from '../a.ts';\nimport type { B } from './b.ts';\n\nexport const c = 'd';\n`;

    expect(importsOf('x/y.ts', code).map(({ file }) => file)).toEqual(['a.ts', 'x/b.ts']);
  });
});
