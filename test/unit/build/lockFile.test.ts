import { readFileSync } from 'node:fs';
import { z } from 'zod';

const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** The first is the project itself. */
const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);

describe('the lock file', () => {
  test('has the hash of each package, those for other systems too: nothing is installed that was not looked at', () => {
    const bare = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));

    expect(installed.length).toBeGreaterThan(500);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('names one version of each, and no registry: each machine takes its own', () => {
    expect(installed.filter(([, { version }]) => version === undefined).map(([path]) => path)).toEqual([]);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });
});
