// Checks infra/ with the real Bicep compiler: format, lint with warnings as errors, build, and what is deployed for
// three sets of parameters. `--write` writes anew what is made from the sources.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBicep } from './infra/bicepServer.ts';
import {
  type Check,
  type CheckParts,
  checkCompiled,
  checkFormat,
  checkParameters,
  checkSnapshot,
  checkTemplate,
} from './infra/checks.ts';
import { findBicep } from './infra/findBicep.ts';

const FOLDER = join(process.cwd(), 'infra');
const COMPILED = ['azuredeploy.bicep', 'azuredeploy.json'] as const;

/** `infra/main.bicepparam` reads what azd sets. */
const AZD = { AZURE_ENV_NAME: 'check', AZURE_LOCATION: 'westeurope', SIGN_IN: 'secureApp' };

async function checksOf(parts: CheckParts): Promise<readonly (() => Promise<Check>)[]> {
  const files = (await readdir(FOLDER, { recursive: true })).map((file) => file.replaceAll('\\', '/')).sort();
  const templates = files.filter((file) => file.endsWith('.bicep'));
  const parameters = files.filter((file) => file.endsWith('.bicepparam'));
  const snapshots = parameters.filter((file) => file.startsWith('snapshots/'));
  return [
    ...[...templates, ...parameters].map((file) => () => checkFormat(parts, file)),
    ...templates.map((file) => () => checkTemplate(parts, file)),
    ...parameters.map((file) => () => checkParameters(parts, file)),
    () => checkCompiled(parts, COMPILED),
    ...snapshots.map((file) => () => checkSnapshot(parts, file)),
  ];
}

function tell({ what, problem }: Check): void {
  console.log(
    problem === null ? `  ok      ${what}` : `  FAILED  ${what}\n${problem.replace(/^/gm, '    ')}`,
  );
}

async function checkAll(parts: CheckParts): Promise<readonly Check[]> {
  const results: Check[] = [];
  for (const check of await checksOf(parts)) {
    const result = await check().catch(
      (error: unknown): Check => ({ what: 'a question to the compiler', problem: String(error) }),
    );
    tell(result);
    results.push(result);
  }
  return results;
}

const isWriting = process.argv.includes('--write');
const found = await findBicep(join(process.cwd(), 'node_modules', '.cache', 'bicep'));
let counts = { passed: 0, failed: 0, skipped: 0 };
if (found.kind === 'found') {
  console.log(`Bicep ${found.version}, from ${found.from}`);
  const bicep = startBicep(found.path, AZD);
  const results = await checkAll({ folder: FOLDER, bicep, isWriting });
  await bicep.stop();
  const failed = results.filter(({ problem }) => problem !== null).length;
  counts = { passed: results.length - failed, failed, skipped: 0 };
  if (failed > 0) {
    console.log('\nnpm run infra:check -- --write makes anew what is made from the sources.');
  }
} else if (found.kind === 'failed') {
  console.log(`  FAILED  finding the Bicep compiler\n${found.reason.replace(/^/gm, '    ')}`);
  counts = { passed: 0, failed: 1, skipped: 0 };
} else {
  console.log('\n  SKIPPED: INFRA IS NOT CHECKED. There is no bicep, no az and no dotnet on this machine.\n');
  counts = { passed: 0, failed: 0, skipped: 1 };
}
console.log(`infra:check: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
