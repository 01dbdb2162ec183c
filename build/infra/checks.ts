import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BicepServer } from './bicepServer.ts';
import { diagnosticsShape, tellDiagnostics } from './diagnostics.ts';
import { firstDifference } from './firstDifference.ts';
import { orderSnapshot } from './orderSnapshot.ts';

/** One thing that was looked at; null where it is as it shall be, else what is wrong. */
export interface Check {
  readonly what: string;
  readonly problem: string | null;
}

/** Where the sources are, who compiles them, and whether what differs is written anew instead of told. */
export interface CheckParts {
  readonly folder: string;
  readonly bicep: BicepServer;
  readonly isWriting: boolean;
}

const compiledShape = z.object({ diagnostics: diagnosticsShape, contents: z.string().nullish() });
const parametersShape = z.object({ diagnostics: diagnosticsShape });
const formattedShape = z.object({ contents: z.string() });
const snapshotShape = z.object({ snapshot: z.string() });

/** Whom the snapshots are for: nobody. */
const NOBODY = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  subscriptionId: '99999999-9999-4999-8999-999999999999',
  resourceGroup: null,
  location: 'westeurope',
  deploymentName: 'intermission',
};

/** A source file looks as `bicep format` makes it. */
export async function checkFormat({ folder, bicep, isWriting }: CheckParts, file: string): Promise<Check> {
  const path = join(folder, file);
  const { contents } = await bicep.ask('bicep/format', { path }, formattedShape);
  return compare({ what: `format of ${file}`, path, made: contents, isWriting });
}

/** A template compiles without an error, a warning or a word of the linter. */
export async function checkTemplate({ folder, bicep }: CheckParts, file: string): Promise<Check> {
  const { diagnostics } = await bicep.ask('bicep/compile', { path: join(folder, file) }, compiledShape);
  return { what: `lint of ${file}`, problem: tellDiagnostics(diagnostics) };
}

/** Parameters compile, and fit their template. */
export async function checkParameters({ folder, bicep }: CheckParts, file: string): Promise<Check> {
  const params = { path: join(folder, file), parameterOverrides: {} };
  const { diagnostics } = await bicep.ask('bicep/compileParams', params, parametersShape);
  return { what: `lint of ${file}`, problem: tellDiagnostics(diagnostics) };
}

/** The template that is committed compiled is what its source makes. */
export async function checkCompiled(
  { folder, bicep, isWriting }: CheckParts,
  [source, compiled]: readonly [string, string],
): Promise<Check> {
  const what = `${compiled} is what ${source} makes`;
  const answer = await bicep.ask('bicep/compile', { path: join(folder, source) }, compiledShape);
  return typeof answer.contents === 'string'
    ? compare({ what, path: join(folder, compiled), made: `${answer.contents.trimEnd()}\n`, isWriting })
    : { what, problem: tellDiagnostics(answer.diagnostics) ?? 'it does not compile' };
}

/** What a set of parameters deploys is what was committed. */
export async function checkSnapshot(
  { folder, bicep, isWriting }: CheckParts,
  parameters: string,
): Promise<Check> {
  const path = join(folder, parameters);
  const params = { path, metadata: NOBODY, externalInputs: [] };
  const { snapshot } = await bicep.ask('bicep/getSnapshot', params, snapshotShape);
  const committed = path.replace(/\.bicepparam$/, '.snapshot.json');
  return compare({
    ...{ what: `snapshot of ${parameters}`, isWriting },
    ...{ path: committed, made: orderSnapshot(snapshot) },
  });
}

async function compare({
  what,
  path,
  made,
  isWriting,
}: {
  readonly what: string;
  readonly path: string;
  readonly made: string;
  readonly isWriting: boolean;
}): Promise<Check> {
  const committed = await readFile(path, 'utf8').catch(() => '');
  const difference = firstDifference(withoutGenerator(committed), withoutGenerator(made));
  if (difference !== null && isWriting) {
    await writeFile(path, made);
    return { what: `${what} (written)`, problem: null };
  }
  return { what, problem: difference };
}

/** Another version of the compiler signs with its own name and hash. */
function withoutGenerator(text: string): string {
  return text.replace(/"version": "[\d.]+",\s+"templateHash": "\d+"/g, '');
}
