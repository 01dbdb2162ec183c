import { spawnSync } from 'node:child_process';

/** How a command line tool ended. */
export interface ToolRun {
  /** False where there is no such tool on this machine. */
  readonly isThere: boolean;
  readonly succeeded: boolean;
  /** What it wrote, both streams. */
  readonly output: string;
}

const LONGEST_IN_MS = 180_000;

/** Runs a tool to its end, in the words of nobody's language but English. */
export function runTool(tool: string, toolArguments: readonly string[], directory?: string): ToolRun {
  const { status, error, stdout, stderr } = spawnSync(tool, toolArguments, {
    cwd: directory,
    encoding: 'utf8',
    timeout: LONGEST_IN_MS,
    env: {
      ...process.env,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_CLI_UI_LANGUAGE: 'en',
      DOTNET_NOLOGO: '1',
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
    },
  });
  const isThere = !(error !== undefined && 'code' in error && error.code === 'ENOENT');
  return { isThere, succeeded: status === 0, output: `${stdout ?? ''}${stderr ?? ''}`.trim() };
}
