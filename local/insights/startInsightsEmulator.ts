import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import { EmulatorClock } from './clock/emulatorClock.ts';
import type { Emulator } from './emulator.ts';
import { FaultQueue } from './faults/faultQueue.ts';
import { handleHttp } from './handleHttp.ts';
import { formatInstant } from './model/instant.ts';
import { changePolicies, type PolicyChange, policiesSchema } from './policies/policies.ts';
import { RequestLog } from './requestLog.ts';
import { defaultSeed } from './state/defaultSeed.ts';
import { readDocument } from './state/readDocument.ts';
import { loadDocument } from './state/stateDocument.ts';
import { StateFile } from './state/stateFile.ts';
import type { World } from './state/world.ts';
import { Throttle } from './throttle.ts';

export interface EmulatorOptions {
  /** 0 takes a free one. */
  port: number;
  /** Whose tokens are accepted. */
  issuer: TokenIssuer;
  /** A state document to start with; null takes the built-in one. */
  seedFile: string | null;
  /** Where the state is kept; a file that is already there wins over the seed. Null keeps it in memory. */
  stateFile: string | null;
  /**
   * Policies that differ from the emulator's own defaults: for every state document that does not name them, and for a
   * state file even so.
   */
  policies?: PolicyChange;
  /** The machine's clock, unless a test brings its own. */
  systemNowMs?: () => number;
}

/**
 * Serves the Insights API on 127.0.0.1 until closed. `url` has no slash at its end.
 * @throws an Error that names the file and what is wrong in it; the server's error where the port is taken.
 */
export async function startInsightsEmulator(
  options: EmulatorOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const systemNowMs = options.systemNowMs ?? Date.now;
  const world = emptyWorld(new EmulatorClock(systemNowMs), options.policies ?? {});
  await load(world, options);
  const emulator: Emulator = {
    world,
    issuer: options.issuer,
    faults: new FaultQueue(),
    requests: new RequestLog(),
    throttle: new Throttle(),
    stateFile: options.stateFile === null ? null : new StateFile(options.stateFile, world),
    systemNowMs,
    mfaCheckCount: 0,
  };
  await emulator.stateFile?.save();
  const server = createServer((request, response) => void handleHttp(emulator, request, response));
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await emulator.stateFile?.save();
    },
  };
}

function emptyWorld(clock: EmulatorClock, policyDefaults: PolicyChange): World {
  return {
    clock,
    policies: policiesSchema.parse(policyDefaults),
    policyDefaults,
    reports: new Map(),
    queries: new Map(),
    executions: new Map(),
    changes: [],
    effects: new Map(),
    versions: new Map(),
    deleted: new Map(),
    counts: new Map(),
    revision: 0,
  };
}

async function load(world: World, { seedFile, stateFile }: EmulatorOptions): Promise<void> {
  const kept = stateFile === null ? null : await readIfThere(stateFile);
  if (stateFile !== null && kept !== null) {
    loadDocument(world, readDocument(kept, stateFile, world.policyDefaults));
    // What was asked for at this start is not older than what the file remembers.
    world.policies = changePolicies(world.policies, world.policyDefaults);
  } else if (seedFile === null) {
    const { policies } = world;
    loadDocument(world, { ...defaultSeed(formatInstant(world.clock.nowMs())), policies });
  } else {
    loadDocument(world, readDocument(await readFile(seedFile, 'utf8'), seedFile, world.policyDefaults));
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(portOf(server.address())));
  });
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
