import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BICEP_VERSION, restoreBicep } from './restoreBicep.ts';
import { runTool } from './runTool.ts';

/** The compiler and where it came from, or why there is none. */
export type FoundBicep =
  | { readonly kind: 'found'; readonly path: string; readonly version: string; readonly from: string }
  /** It could be had, and something went wrong: a failure. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nothing on this machine can bring it. */
  | { readonly kind: 'impossible' };

interface Candidate {
  readonly path: string;
  readonly version: string;
  readonly from: string;
}

/**
 * Finds the pinned version, so that what is compiled is the same everywhere: on the machine, else by NuGet, else by the
 * Azure CLI. Another version that is at hand is better than none.
 */
export async function findBicep(cacheFolder: string): Promise<FoundBicep> {
  const reasons: string[] = [];
  const atHand = [...versionOf('bicep', 'PATH'), ...versionOf(azurePath(), 'the Azure CLI')];
  const pinned = atHand.find(({ version }) => version === BICEP_VERSION);
  if (pinned !== undefined) {
    return { kind: 'found', ...pinned };
  }
  const tools = ['dotnet', 'az'].filter((tool) => runTool(tool, ['--version']).isThere);
  if (tools.includes('dotnet')) {
    const restored = await restoreBicep(cacheFolder);
    if (restored.ok) {
      return found(versionOf(restored.path, 'NuGet'), 'the restored compiler does not start');
    }
    reasons.push(restored.reason);
  }
  if (tools.includes('az')) {
    const { succeeded, output } = runTool('az', ['bicep', 'install', '--version', `v${BICEP_VERSION}`]);
    if (succeeded) {
      return found(versionOf(azurePath(), 'the Azure CLI'), 'az installed a compiler that does not start');
    }
    reasons.push(`az bicep install failed: ${output}`);
  }
  const [other] = atHand;
  if (other !== undefined) {
    return { kind: 'found', ...other };
  }
  return tools.length === 0 ? { kind: 'impossible' } : { kind: 'failed', reason: reasons.join('\n') };
}

function found([candidate]: readonly Candidate[], reason: string): FoundBicep {
  return candidate === undefined ? { kind: 'failed', reason } : { kind: 'found', ...candidate };
}

function versionOf(path: string, from: string): readonly Candidate[] {
  if (path.includes('/') && !existsSync(path)) {
    return [];
  }
  const { succeeded, output } = runTool(path, ['--version']);
  const version = /Bicep CLI version ([\d.]+)/.exec(output)?.[1];
  return succeeded && version !== undefined ? [{ path, version, from }] : [];
}

/** Where `az bicep install` puts it. */
function azurePath(): string {
  return join(process.env['AZURE_CONFIG_DIR'] ?? join(homedir(), '.azure'), 'bin', 'bicep');
}
