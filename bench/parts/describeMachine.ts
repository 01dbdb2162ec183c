import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** On what the numbers were made. */
export interface Machine {
  readonly machine: string;
  readonly versions: string;
  readonly date: string;
}

const PEERS = ['@azure/data-tables', 'axios', 'axios-retry', 'azurite', 'p-limit'];

/** This machine, now: what else it is busy with shows in its load. */
export async function describeMachine(): Promise<Machine> {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const [load = 0] = loadavg();
  const versions = await Promise.all(PEERS.map(async (name) => `${name} ${await versionOf(name)}`));
  return {
    machine: `${availableParallelism()} cores of ${cpu?.model.trim() ?? 'an unknown processor'}, ${memory}, ${type()} ${release()}, load ${load.toFixed(1)} at the end`,
    versions: [`Node.js ${process.versions.node}`, ...versions].join(', '),
    date: new Date().toISOString().slice(0, 10),
  };
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join(process.cwd(), 'node_modules', name, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
