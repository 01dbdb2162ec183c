import { spawnSync } from 'node:child_process';
import { commandOf, TOOL_COMMANDS, unknownTo } from '../../fixtures/tools/toolOptions.ts';
import { wrongNpm, wrongOwn } from './ownCommands.ts';
import { type DocumentShell, shellOfDocuments } from './shellOfDocuments.ts';
import { type ShellCommand, splitShell } from './splitShell.ts';

/** Programs that every machine has, or that the documents have installed before. */
const ORDINARY = new Set([
  '',
  'alias',
  'cat',
  'cd',
  'cp',
  'curl',
  'export',
  'git',
  'grep',
  'mkdir',
  'mktemp',
  'node',
  'npx',
  'printf',
  'rm',
]);

/** What the shell itself sets. */
const AMBIENT = new Set(['HOME', 'PATH']);

const documents = shellOfDocuments();
const textsOf = ({ blocks, spans }: DocumentShell) => [...blocks, ...spans];

/** What is wrong with the words of one command; nothing where it is as its tool's page says. */
function wrongWith({ words }: ShellCommand): readonly string[] {
  const [program = '', ...rest] = words.map(({ text }) => text);
  switch (program) {
    case 'npm':
      return [wrongNpm(rest)].filter((wrong) => wrong !== null);
    case 'ctl':
      return [wrongOwn('ctl', rest)].filter((wrong) => wrong !== null);
    case 'az':
    case 'azd':
    case 'paconn':
    case 'pac':
      return [
        ...unknownTo(program, rest),
        ...(rest[rest.indexOf('--file') + 1] === '-' ? ['"--file -" opens a file of the name "-"'] : []),
      ];
    default:
      return ORDINARY.has(program) ? [] : [`${program} is no program that a reader has`];
  }
}

/** Words in capitals that a reader has to put something else for. */
function placeholdersOf({ words }: ShellCommand): readonly string[] {
  const texts = words.map(({ text }) => text);
  // A script of Node.js has names of its own in capitals.
  if (texts[0] === 'export' || texts[0] === 'node') {
    return [];
  }
  const isName = texts[0] === 'azd' && texts[1] === 'env' ? 3 : -1;
  return texts
    .slice(1)
    .filter((_, index) => index + 1 !== isName)
    .flatMap(
      (text) =>
        text
          .replace(/^[A-Z_]+=/, '')
          .replaceAll(/\$\{?\w+\}?/g, '')
          .match(/(?<![\w.-])[A-Z][A-Z_]{2,}(?![\w-])/g) ?? [],
    )
    .filter((text) => !['PEM', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT'].includes(text));
}

describe('every shell line of a document', () => {
  test('stands in a block that is marked as such, or in the middle of a sentence', () => {
    expect(documents.flatMap(({ path, unmarked }) => unmarked.map((body) => [path, body]))).toEqual([]);
    expect(documents.flatMap(textsOf).length).toBeGreaterThan(80);
  });

  test('is understood by the shell', () => {
    const refused = documents.flatMap(({ path, blocks }) =>
      blocks.flatMap((block) => {
        const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
        return status === 0 ? [] : [[path, stderr]];
      }),
    );

    expect(refused).toEqual([]);
  });

  test('calls what there is, with options that the page of its tool has', () => {
    const wrong = documents.flatMap((document) =>
      textsOf(document).flatMap((text) =>
        splitShell(text).flatMap((command) => wrongWith(command).map((why) => [document.path, why])),
      ),
    );

    expect(wrong).toEqual([]);
  });

  test('takes no variable that no line of its page sets before', () => {
    const unset = documents.flatMap(({ path, blocks }) => {
      const known = new Set(AMBIENT);
      return blocks.flatMap((block) =>
        splitShell(block).flatMap(({ assigned, words }) => {
          const taken = words.flatMap(({ variables }) => variables);
          const missing = taken.filter((name) => !known.has(name));
          for (const name of assigned) known.add(name);
          return missing.map((name) => [path, name]);
        }),
      );
    });

    expect(unset).toEqual([]);
  });

  test('waits for an answer only where its block ends: what is pasted behind it would be the answer', () => {
    const swallowed = documents.flatMap(({ path, blocks }) =>
      blocks.flatMap((block) =>
        [...block.matchAll(/^(?:az login\b|azd down\b|cat >).*\n(?=.)/gm)].map(([line]) => [path, line]),
      ),
    );

    expect(swallowed).toEqual([]);
  });

  test('has no placeholder that its page does not explain', () => {
    const undefinedOnes = documents.flatMap((document) => {
      const explained = new Set(
        [...document.prose.matchAll(/`([^`]+)`/g)].flatMap(
          ([, span = '']) => span.match(/[A-Z][A-Z_]+/g) ?? [],
        ),
      );
      const used = textsOf(document).flatMap((text) => splitShell(text).flatMap(placeholdersOf));
      return [...new Set(used)].filter((name) => !explained.has(name)).map((name) => [document.path, name]);
    });

    expect(undefinedOnes).toEqual([]);
  });
});

describe('the table of the tools', () => {
  test('has a page for each command, and no command that nobody calls', () => {
    const called = new Set(
      documents.flatMap((document) =>
        textsOf(document).flatMap((text) =>
          splitShell(text).flatMap(({ words }) => {
            const [program = '', ...rest] = words.map((word) => word.text);
            return commandOf(program, rest) ?? [];
          }),
        ),
      ),
    );
    const ofTools = Object.keys(TOOL_COMMANDS).filter((name) =>
      /^(?:az (?:ad|account|functionapp dep)|azd env get-values)/.test(name),
    );

    expect(
      Object.values(TOOL_COMMANDS).filter(({ page }) => !page.startsWith('https://learn.microsoft.com/')),
    ).toEqual([]);
    expect(Object.keys(TOOL_COMMANDS).filter((name) => !called.has(name) && !ofTools.includes(name))).toEqual(
      [],
    );
  });

  test.each([
    ['az keyvault secret set --vault-name v --name n --file -', '"--file -"'],
    ['az keyvault secret set --vault v', '--vault'],
    ['az functionapp key list -g g', 'in the table'],
    ['azd up --force', '--force'],
    ['npm run deploy:all', 'deploy:all'],
    ['npm run ctl -- pause', 'report id'],
    ['npm run ctl -- status --verbose', '--verbose'],
    ['ctl resume REPORT_ID --take-over', '--reason'],
    ['npm run consent -- --acount default', '--acount'],
    ['terraform apply', 'no program'],
  ])('finds %s wrong', (line, told) => {
    expect(splitShell(line).flatMap(wrongWith).join()).toContain(told);
  });

  test('reads commands in substitutions, behind pipes and over continued lines', () => {
    const script = `A=$(az version --output tsv) npm run x -- "$(azd env get-value B)" \\\n  --c 'd | e' | cat > "$F" # az no\nrm f`;

    expect(
      splitShell(script).map(({ assigned, words }) => [assigned, words.map(({ text }) => text)]),
    ).toEqual([
      [[], ['az', 'version', '--output', 'tsv']],
      [[], ['azd', 'env', 'get-value', 'B']],
      [['A'], ['npm', 'run', 'x', '--', 'substituted', '--c', 'd | e']],
      [[], ['cat', '$F']],
      [[], ['rm', 'f']],
    ]);
  });
});
