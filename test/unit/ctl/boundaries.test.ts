import { readSources } from '../architecture/sourceFiles.ts';

const sources = readSources('ctl');

describe('the operator’s command as a client', () => {
  test('imports nothing of the app, of the local cloud or of the tests', () => {
    const foreign = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ file }) => file !== null && !file.startsWith('ctl/'))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );

    expect(sources.length).toBeGreaterThan(20);
    expect(foreign).toEqual([]);
  });

  test('loads the sign-in of Azure only when it is asked for', () => {
    const azure = sources.flatMap(({ imports }) =>
      imports.filter(({ specifier }) => specifier.startsWith('@azure/')),
    );

    expect(azure.map(({ isLazy }) => isLazy)).toEqual([true]);
  });

  test('reads the environment and the clock in its entry alone', () => {
    const readers = sources.filter(({ code }) => /\bprocess\.|\bDate\.now\b|\bMath\.random\(/.test(code));

    expect(readers.map(({ path }) => path)).toEqual(['ctl/main.ts']);
  });
});
