import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ProgramEnd, RunProgram } from './runProgram.ts';
import { ToolFault } from './toolFault.ts';

/** One call of the Azure CLI. Where it takes JSON, `json` goes behind `jsonOption`, by way of a file. */
export interface AzCall {
  readonly parameters: readonly string[];
  readonly json: { readonly option: string; readonly value: unknown } | null;
}

/** Asks the Azure CLI, and reads what it prints by its shape. @throws ToolFault where it is missing or refuses */
export async function askAz<Answer>(
  run: RunProgram,
  call: AzCall,
  shape: z.ZodType<Answer>,
): Promise<Answer> {
  const text = succeeded(
    await withJson(call, (parameters) => run('az', [...parameters, '--output', 'json'])),
  );
  const parsed = shape.safeParse(parse(text));
  if (!parsed.success) {
    throw new ToolFault(`"az ${call.parameters.slice(0, 4).join(' ')}" answers in an unknown way.`);
  }
  return parsed.data;
}

/** Lets the Azure CLI do something that answers nothing we need. @throws ToolFault where it is missing or refuses */
export async function doAz(run: RunProgram, call: AzCall): Promise<void> {
  succeeded(await withJson(call, (parameters) => run('az', [...parameters, '--output', 'none'])));
}

async function withJson(
  { parameters, json }: AzCall,
  go: (parameters: readonly string[]) => Promise<ProgramEnd>,
): Promise<ProgramEnd> {
  if (json === null) {
    return go(parameters);
  }
  const folder = await mkdtemp(join(tmpdir(), 'intermission-'));
  try {
    const file = join(folder, 'parameters.json');
    await writeFile(file, JSON.stringify(json.value));
    return await go([...parameters, json.option, `@${file}`]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function succeeded(end: ProgramEnd): string {
  if (end.kind === 'missing') {
    throw new ToolFault(
      'There is no "az" here: install the Azure CLI, or give --print and run the lines elsewhere.',
    );
  }
  if (end.exitCode !== 0) {
    const [said = 'it says nothing'] = end.stderr
      .split('\n')
      .filter((line) => /\S/.test(line) && !/^WARNING/.test(line));
    throw new ToolFault(`The Azure CLI refuses: ${said.slice(0, 500)}`);
  }
  return end.stdout;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
