import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A package that is inside the bundle, with the terms it comes under. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** All that the package says about its terms: licence, copyright and notice, as it says it. */
  readonly text: string;
}

/** What may be handed on inside a product under the MIT licence, by SPDX name. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

const manifestShape = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});

/**
 * Reads the terms of each package folder, sorted by name and version.
 * @throws Error that names every package without a licence, or with one that is not allowed.
 */
export async function readThirdParties(packageFolders: readonly string[]): Promise<readonly ThirdParty[]> {
  const found = await Promise.all(packageFolders.map(readThirdParty));
  const refused = found.filter(({ licence }) => !isAllowed(licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, version, licence }) => `${name} ${version} (${licence || 'none'})`);
    throw new Error(`These packages must not be handed on, by their licence: ${list.join(', ')}.`);
  }
  // The same version twice, because npm nested it, is one package.
  const byKey = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byKey].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

/** True where an SPDX name, or one side of an `OR`, is allowed. Pure. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => ALLOWED.has(one.trim()));
}

async function readThirdParty(folder: string): Promise<ThirdParty> {
  const manifest = manifestShape.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const { name, version, license: licence = '', author = name } = manifest;
  const names = (await readdir(folder)).filter((file) =>
    /^(?:licen[cs]e|copying|copyright|notice)/i.test(file),
  );
  const texts = await Promise.all(names.sort().map((file) => readFile(join(folder, file), 'utf8')));
  const holder = typeof author === 'string' ? author : author.name;
  const text = texts.length > 0 ? texts.join('\n') : ((await fromReadme(folder)) ?? mitText(licence, holder));
  return { name, version, licence, text: text.replaceAll('\r\n', '\n').trim() };
}

/** Some packages have their licence in the README alone. */
async function fromReadme(folder: string): Promise<string | null> {
  const readme = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '');
  const [, text] = /^#+ *licen[cs]e *$([\s\S]*Permission is hereby granted[\s\S]*)/im.exec(readme) ??
    /^licen[cs]e\s*^-+\s*$([\s\S]*Permission is hereby granted[\s\S]*)/im.exec(readme) ?? [null, null];
  return text ?? null;
}

/** The licence's own words, for a package that names it and brings no text. @throws where it is not MIT. */
function mitText(licence: string, holder: string): string {
  if (licence !== 'MIT') {
    throw new Error(`a package of ${holder} names ${licence || 'no licence'} and brings no text of it`);
  }
  return `The MIT License\n\nCopyright (c) ${holder}\n\n${MIT_TERMS}`;
}

const MIT_TERMS = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to
whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
