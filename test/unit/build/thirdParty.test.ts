import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noticeText } from '../../../build/package/noticeText.ts';
import { isAllowed, readThirdParties } from '../../../build/package/thirdParty.ts';

const GRANT = 'Permission is hereby granted, free of charge, to whom it may concern.';

describe('the notices of what a package hands on', () => {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-packages-'));
  let made = 0;
  afterAll(() => rmSync(directory, { recursive: true }));

  function makePackage(manifest: object, files: Readonly<Record<string, string>> = {}): string {
    made += 1;
    const folder = join(directory, String(made));
    mkdirSync(folder);
    const whole = { name: `package-${made}`, version: '1.0.0', ...manifest };
    for (const [name, text] of Object.entries({ ...files, 'package.json': JSON.stringify(whole) })) {
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  test.each(['MIT', 'ISC', 'Apache-2.0', '0BSD', '(MIT OR GPL-3.0-only)', 'GPL-2.0-only OR BSD-3-Clause'])(
    'may hold what comes under %s',
    (licence) => {
      expect(isAllowed(licence)).toBe(true);
    },
  );

  test.each([
    '',
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'UNLICENSED',
    'SEE LICENSE IN X',
    'MIT AND GPL-3.0-only',
    'BUSL-1.1',
  ])('may not hold what comes under "%s"', (licence) => {
    expect(isAllowed(licence)).toBe(false);
  });

  test('are refused as a whole, with every offender named, where one package may not be handed on', async () => {
    const folders = [
      makePackage({ name: 'fine', license: 'MIT' }, { LICENSE: GRANT }),
      makePackage({ name: 'copyleft', version: '2.1.0', license: 'GPL-3.0-only' }, { LICENSE: 'GPL' }),
      makePackage({ name: 'silent' }, { LICENSE: GRANT }),
    ];

    await expect(readThirdParties(folders)).rejects.toThrow(
      'by their licence: copyleft 2.1.0 (GPL-3.0-only), silent 1.0.0 (none).',
    );
  });

  test('have every text that a package brings about its terms', async () => {
    const [found] = await readThirdParties([
      makePackage(
        { license: 'Apache-2.0' },
        { 'LICENSE.txt': 'the licence', 'NOTICE.txt': 'the notice', 'CopyrightNotice.txt': 'the owner' },
      ),
    ]);

    expect(found?.text).toBe('the owner\nthe licence\nthe notice');
  });

  test('take the text from the README, where it stands there alone', async () => {
    const headings = ['## License\n', 'License\n-------\n'];
    const folders = headings.map((heading) =>
      makePackage(
        { license: 'MIT' },
        { 'README.md': `# Other\n\nwords\n\n${heading}\n(The MIT License)\n\n${GRANT}\n` },
      ),
    );

    const texts = (await readThirdParties(folders)).map(({ text }) => text);
    expect(texts).toEqual([`(The MIT License)\n\n${GRANT}`, `(The MIT License)\n\n${GRANT}`]);
  });

  test('have the words of the MIT licence where a package names it and brings none, and no others', async () => {
    const bare = { author: { name: 'Ada' } };

    const [found] = await readThirdParties([makePackage({ ...bare, license: 'MIT' })]);
    expect(found?.text).toMatch(/^The MIT License\n\nCopyright \(c\) Ada\n\nPermission is hereby granted/);
    await expect(readThirdParties([makePackage({ ...bare, license: 'Apache-2.0' })])).rejects.toThrow(
      'Ada names Apache-2.0 and brings no text',
    );
  });

  test('name each package once, in order, also where npm has it twice', async () => {
    const twice = { name: 'b', license: 'ISC' };
    const folders = [
      makePackage(twice, { LICENSE: 'words of b' }),
      makePackage({ name: 'a', license: 'MIT' }, { LICENSE: 'words of a' }),
      makePackage(twice, { LICENSE: 'words of b' }),
    ];

    const text = noticeText(await readThirdParties(folders));
    expect(text.match(/^\w \d.*$/gm)).toEqual(['a 1.0.0 (MIT)', 'b 1.0.0 (ISC)']);
    expect(text).toContain('words of b');
  });
});
