import { readSources } from '../architecture/sourceFiles.ts';

const sources = readSources('ctl');

describe('the operator’s command as a client', () => {
  test('imports nothing of the app but the pure parser of windows, and nothing of the local cloud or the tests', () => {
    const foreign = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ file }) => file !== null && !/^(?:ctl|shared\/windows)\//.test(file))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );

    expect(sources.length).toBeGreaterThan(20);
    expect(foreign).toEqual([]);
  });

  test('loads what signs in to Azure or asks its storage only when it is asked for', () => {
    const azure = sources.flatMap(({ imports }) =>
      imports.filter(({ specifier }) => specifier.startsWith('@azure/')),
    );

    expect(azure.length).toBeGreaterThan(2);
    expect(azure.filter(({ isLazy }) => !isLazy)).toEqual([]);
  });

  test('reads the environment and the clock in its entry alone', () => {
    const readers = sources.filter(({ code }) => /\bprocess\.|\bDate\.now\b|\bMath\.random\(/.test(code));

    expect(readers.map(({ path }) => path)).toEqual(['ctl/main.ts']);
  });
});
