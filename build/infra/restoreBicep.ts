import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runTool } from './runTool.ts';

/** The compiler that made `infra/azuredeploy.json` and the snapshots. */
export const BICEP_VERSION = '0.49.2';

const assetsShape = z.object({ packageFolders: z.record(z.string(), z.unknown()) });

/**
 * Fetches the compiler's NuGet package by a project that has nothing else, into the machine's own package folder; a
 * second time it is there already.
 */
export async function restoreBicep(
  cacheFolder: string,
): Promise<{ readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string }> {
  const name = `Azure.Bicep.CommandLine.${platform()}`;
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(join(cacheFolder, 'bicep.csproj'), project(name));
  const { succeeded, output } = runTool('dotnet', ['restore', 'bicep.csproj'], cacheFolder);
  if (!succeeded) {
    return { ok: false, reason: `dotnet restore of ${name} ${BICEP_VERSION} failed: ${output}` };
  }
  const assets = await readFile(join(cacheFolder, 'obj', 'project.assets.json'), 'utf8');
  const [folder = ''] = Object.keys(assetsShape.parse(JSON.parse(assets)).packageFolders);
  const file = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const path = join(folder, name.toLowerCase(), BICEP_VERSION, 'tools', file);
  // NuGet sets the right to execute for the owner alone, or not at all; another owner's file is left as it is.
  await chmod(path, 0o755).catch(() => undefined);
  return { ok: true, path };
}

/** A project that is for no runtime: nothing but the package is fetched. */
function project(name: string): string {
  return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="${name}" Version="[${BICEP_VERSION}]" />
  </ItemGroup>
</Project>
`;
}

function platform(): string {
  const system = { darwin: 'osx', win32: 'win' }[process.platform.toString()] ?? 'linux';
  return `${system}-${process.arch}`;
}
