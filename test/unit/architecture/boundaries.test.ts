import { readFileSync } from 'node:fs';
import { routes } from '../../../shared/routes/routes.ts';
import { loadedBy, readSources, type SourceFile } from './sourceFiles.ts';

const sources = readSources('functions', 'shared', 'page', 'local', 'build', 'ctl', 'tools');
const byPath = new Map(sources.map((source) => [source.path, source]));

function inFolder(...folders: readonly string[]): readonly SourceFile[] {
  return sources.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));
}

/** `file imports what` for every import that the rule forbids. */
function offences(
  files: readonly SourceFile[],
  isForbidden: (imported: SourceFile['imports'][number], file: SourceFile) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((imported) => isForbidden(imported, file))
      .map(({ specifier }) => `${file.path} imports ${specifier}`),
  );
}

/** The folders of the service, each of which may use those before it. */
const FLOORS = [
  ...['time', 'text', 'wire', 'model', 'windows', 'deciding'],
  ...['secrets', 'signIn', 'insights', 'ledger', 'telemetry', 'settings', 'callers'],
  ...['running', 'service', 'runs', 'consent', 'webhooks', 'http', 'page', 'openapi', 'routes'],
  ...['composition', 'faults'],
];

const isBelow = (folder: string, file: string | null) => file?.startsWith(`${folder}/`) === true;

describe('the boundaries of the layout', () => {
  test('are looked at: every folder of the product has files, and every relative import means one', () => {
    for (const folder of ['functions', 'shared', 'local', 'build']) {
      expect(inFolder(folder).length).toBeGreaterThan(3);
    }
    const isMissing = ({ file }: { file: string | null }) =>
      file !== null && !byPath.has(file) && !/\.(?:json|css)$/.test(file) && !isBelow('test', file);
    expect(offences(sources, isMissing)).toEqual([]);
  });

  test('only functions/ knows Azure Functions', () => {
    const others = sources.filter(({ path }) => !path.startsWith('functions/'));

    expect(offences(others, ({ specifier }) => specifier === '@azure/functions')).toEqual([]);
    expect(offences(inFolder('functions'), ({ specifier }) => specifier === '@azure/functions')).not.toEqual(
      [],
    );
  });

  test('functions/ reaches the service by its composition root and its table of routes alone', () => {
    const reached = inFolder('functions').flatMap(({ imports }) =>
      imports.filter(({ file, isType }) => !isType && isBelow('shared', file)).map(({ file }) => file),
    );

    expect([...new Set(reached)].filter((file) => !isBelow('shared/composition', file))).toEqual([
      'shared/routes/routes.ts',
    ]);
  });

  test('no folder of the service knows one above it, by a type either, and the page draws them in this order', () => {
    const floorOf = (file: string | null) => FLOORS.indexOf(/^shared\/([^/]+)\//.exec(file ?? '')?.[1] ?? '');
    const files = inFolder('shared');
    const above = offences(files, ({ file }, { path }) => floorOf(file) > floorOf(path));
    const [ofService = ''] = readFileSync('docs/architecture.md', 'utf8').split('\npage/ ');
    const drawn = ofService.matchAll(/^ {2}(\w+)\/ {2,}/gm);

    expect(files.filter(({ path }) => floorOf(path) === -1).map(({ path }) => path)).toEqual([]);
    expect(above).toEqual([]);
    expect([...drawn].map(([, folder]) => folder)).toEqual([...FLOORS].reverse());
  });

  test('a route is a file of its own and a line of the table', () => {
    const files = inFolder('shared/routes').map(({ path }) => path);
    const named = Object.keys(routes).map((name) => `shared/routes/${name}.ts`);

    expect(files.sort()).toEqual(['shared/routes/route.ts', 'shared/routes/routes.ts', ...named].sort());
  });

  test('the pure core loads nothing that does I/O, not by others either', () => {
    // A hash and words are reckoned: nothing goes in or out.
    const allowed = new Set(['zod', 'temporal-polyfill', 'windows-iana', 'cronstrue', 'node:crypto']);
    const pure = inFolder('shared/windows', 'shared/deciding', 'shared/model');
    const loaded = pure.flatMap(({ path }) =>
      [...loadedBy(path, byPath).packages]
        .filter((name) => !allowed.has(name))
        .map((name) => `${path} loads ${name}`),
    );

    expect(pure.length).toBeGreaterThan(20);
    expect(loaded).toEqual([]);
  });

  test('the pure core reads no clock, no environment and no random number', () => {
    const impure =
      /\bDate\.now\(|\bnew Date\(\)|\bprocess\.|\bMath\.random\(|\bsetTimeout\(|\bfetch\(|\brandom(?:UUID|Bytes|Int)\b/;
    const files = inFolder('shared/windows', 'shared/deciding', 'shared/model');

    expect(files.filter(({ code }) => impure.test(code)).map(({ path }) => path)).toEqual([]);
  });

  test('the page loads nothing of the service but tables of words: it knows the rest by its answers', () => {
    const page = inFolder('page');
    const ofService = page.flatMap(({ imports }) =>
      imports.flatMap(({ file, isType }) => (!isType && isBelow('shared', file) ? [file] : [])),
    );
    const isOutside = ({ specifier, file, isType }: SourceFile['imports'][number]) =>
      !isType &&
      !isBelow('page', file) &&
      !isBelow('shared', file) &&
      !/^(?:preact(?:\/hooks)?|@azure\/msal-browser)$/.test(specifier);

    expect([...new Set(ofService)]).toEqual(['shared/faults/signInFaults.ts']);
    expect(offences(page, isOutside)).toEqual([]);
    expect(offences(inFolder('functions', 'shared'), ({ file }) => isBelow('page', file))).toEqual([]);
  });

  test('only the composition root reads the environment', () => {
    const readers = inFolder('functions', 'shared').filter(({ code }) =>
      /\bprocess\.env\b|\benv\b.*node:process/.test(code),
    );

    expect(
      readers.filter(({ path }) => !isBelow('shared/composition', path)).map(({ path }) => path),
    ).toEqual([]);
    expect(readers.length).toBeGreaterThan(0);
  });

  test('the service and the local cloud never import each other', () => {
    expect(offences(inFolder('functions', 'shared'), ({ file }) => isBelow('local', file))).toEqual([]);
    expect(
      offences(inFolder('local'), ({ file }) => isBelow('shared', file) || isBelow('functions', file)),
    ).toEqual([]);
  });

  test('the product imports nothing of its tests, its build or the packages of development', () => {
    const forDevelopment = new Set([
      'azurite',
      'croner',
      'esbuild',
      'fast-check',
      'node-forge',
      'typescript',
    ]);
    const isOutside = ({ specifier, file }: { specifier: string; file: string | null }) =>
      isBelow('test', file) || isBelow('build', file) || forDevelopment.has(specifier);

    expect(offences(inFolder('functions', 'shared'), isOutside)).toEqual([]);
  });

  test('what a cold start loads is small: the registrations, and neither the service nor any heavy package', () => {
    const eager = new Map(
      sources.map((source) => [
        source.path,
        { ...source, imports: source.imports.filter(({ isLazy }) => !isLazy) },
      ]),
    );
    const { files, packages } = loadedBy('functions/main.ts', eager);

    expect([...packages].filter((name) => name !== '@azure/functions' && !name.startsWith('node:'))).toEqual(
      [],
    );
    expect([...files].filter((file) => isBelow('shared', file))).toEqual([
      'shared/composition/registration.ts',
      'shared/time/ncrontab.ts',
      'shared/routes/routes.ts',
      'shared/routes/route.ts',
    ]);
  });

  test('the tables of documentation are loaded by no function', () => {
    const { files } = loadedBy('functions/main.ts', byPath);

    expect(files.has('shared/composition/service.ts')).toBe(true);
    expect([...files].filter((file) => isBelow('shared/faults', file))).toEqual([]);
  });

  test('nothing imports itself on a way around', () => {
    const inCycle = sources.filter(({ path, imports }) =>
      imports.some(({ file, isType }) => !isType && file !== null && loadedBy(file, byPath).files.has(path)),
    );

    expect(inCycle.map(({ path }) => path)).toEqual([]);
  });
});
