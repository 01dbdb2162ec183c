import { readFileSync } from 'node:fs';
import { listFiles, readSources } from './sourceFiles.ts';

const MOST_LINES = 250;

/** Where the product or the local cloud may point to; the rest are names that documents reserve for examples. */
const KNOWN_HOSTS = [
  /^api\.partnercenter\.microsoft\.com$/,
  /^monitor\.azure\.com$/,
  /^partner\.partnercenterapi\.microsoftonline\.cn$/,
  /^(?:learn|sts|graph)\.(?:microsoft\.com|windows\.net)$/,
  /^(?:login|sts)\.(?:microsoftonline\.(?:com|us)|(?:partner\.microsoftonline|chinacloudapi)\.cn)$/,
  /^(?:127\.0\.0\.1|localhost|\[::1\]|.+\.localhost)$/,
  /\.(?:example|invalid|test)$/,
  /^NAME\.(?:table\.core\.windows|vault\.azure|azurewebsites)\.net\.?$/,
];

const product = readSources('functions', 'shared', 'page', 'local', 'build', 'ctl', 'tools');
const everything = [...product, ...readSources('test', 'bench', 'infra')];
const documents = ['docs', 'local', 'functions', 'shared', 'infra', '.ci'].flatMap((folder) =>
  listFiles(folder, /\.(?:md|json|yaml|yml|bicep)$|^run$/),
);
const rootFiles = ['README.md', 'package.json', 'host.json', 'local.settings.sample.json', '.npmrc'];
const allTexts = [
  ...everything.map(({ path, text }) => ({ path, text })),
  ...[...documents, ...rootFiles].map((path) => ({ path, text: readFileSync(path, 'utf8') })),
];

describe('the sources', () => {
  test('have no file that hands on what other files export', () => {
    const handsOn = /^export\s+(?:type\s+)?(?:\*|\{[^}]*\}\s+from\s+'\.)/m;

    expect(everything.filter(({ code }) => handsOn.test(code)).map(({ path }) => path)).toEqual([]);
  });

  test('have no file or folder that is named after nothing in particular', () => {
    const vague = /(?:^|\/|[a-z])(?:utils?|helpers?|misc|common|index)(?:\.ts|\/)|(?:Manager|Impl)\.ts$/i;

    expect(everything.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test(`have no file of the product over ${MOST_LINES} lines`, () => {
    const long = product.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES);

    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('name no network address but the known ones', () => {
    const unknown = product.flatMap(({ path, code }) =>
      [...code.matchAll(/\b(?:https?|wss?):\/\/(?:[^\s/@'"`]*@)?(\[[\da-f:]+\]|[\w.-]+)/g)]
        .map(([, host = '']) => host)
        .filter((host) => !KNOWN_HOSTS.some((known) => known.test(host)))
        .map((host) => `${path} names ${host}`),
    );

    expect(unknown).toEqual([]);
  });

  test('name no path of the machine they were written on, and no page that is not in the project', () => {
    const machinePaths = ['work', 'root', 'home'].map((folder) => `/${folder}/`);
    const pages = ['design', 'peers', 'style', 'insights-api'].map((name) => `${name}.md`);
    const found = allTexts.flatMap(({ path, text }) =>
      [...machinePaths, ...pages]
        .filter((name) => text.includes(name))
        .map((name) => `${path} names ${name}`),
    );

    expect(found).toEqual([]);
  });

  test('link only to documents that are there', () => {
    const broken = allTexts.flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/[\w-]+\.md\b/g)]
        .map(([name]) => name)
        .filter((name) => !documents.includes(name))
        .map((name) => `${path} names ${name}`),
    );

    expect(broken).toEqual([]);
  });
});
