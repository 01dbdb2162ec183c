import { z } from 'zod';
import type { RunProgram } from './runProgram.ts';

const valuesShape = z.record(z.string(), z.string());

/** The values of the azd environment in use; none where there is no azd or no environment. */
export async function azdValues(run: RunProgram): Promise<Readonly<Record<string, string>>> {
  const end = await run('azd', ['env', 'get-values', '--output', 'json']);
  if (end.kind === 'missing' || end.exitCode !== 0) {
    return {};
  }
  try {
    return valuesShape.parse(JSON.parse(end.stdout));
  } catch {
    return {};
  }
}
