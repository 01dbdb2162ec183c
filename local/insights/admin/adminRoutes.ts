import type { Emulator } from '../emulator.ts';
import { changePolicies } from '../policies/policies.ts';
import { presets } from '../policies/presets.ts';
import { changeClock, showClock } from './clockDoor.ts';
import { listChanges, listRequests } from './listDoors.ts';
import { patchState, replaceState, showState } from './stateDoor.ts';
import { issueToken } from './tokenDoor.ts';

interface AdminCall {
  query: URLSearchParams;
  /** Parsed JSON, or undefined without a body. */
  body: unknown;
}

interface AdminRoute {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below `/_admin/`. */
  path: string;
  /** The value to answer with. @throws ZodError for a bad body. */
  handle(emulator: Emulator, call: AdminCall): unknown;
}

/** Every door under `/_admin/`. */
export const adminRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: 'clock', handle: ({ world }) => showClock(world) },
  { method: 'PUT', path: 'clock', handle: ({ world }, { body }) => changeClock(world, body) },
  { method: 'GET', path: 'faults', handle: ({ faults }) => faults.list() },
  { method: 'POST', path: 'faults', handle: addFaults },
  { method: 'DELETE', path: 'faults', handle: clearFaults },
  { method: 'GET', path: 'state', handle: ({ world }) => showState(world) },
  { method: 'PUT', path: 'state', handle: ({ world }, { body }) => replaceState(world, body) },
  { method: 'PATCH', path: 'state', handle: ({ world }, { body }) => patchState(world, body) },
  { method: 'GET', path: 'policies', handle: ({ world }) => world.policies },
  { method: 'PATCH', path: 'policies', handle: setPolicies },
  { method: 'GET', path: 'presets', handle: () => presets },
  {
    method: 'GET',
    path: 'requests',
    handle: ({ requests }, { query }) => listRequests(requests.list(), query),
  },
  { method: 'DELETE', path: 'requests', handle: clearRequests },
  { method: 'GET', path: 'changes', handle: ({ world }, { query }) => listChanges(world.changes, query) },
  { method: 'POST', path: 'token', handle: (emulator, { body }) => issueToken(emulator, body) },
];

function addFaults({ faults }: Emulator, { body }: AdminCall): { ids: number[] } {
  const added = Array.isArray(body) ? body : [body];
  return { ids: added.map((fault) => faults.add(fault)) };
}

function clearFaults({ faults }: Emulator): object[] {
  faults.clear();
  return [];
}

function setPolicies({ world }: Emulator, { body }: AdminCall): unknown {
  world.policies = changePolicies(world.policies, body);
  world.counts.clear();
  world.revision += 1;
  return world.policies;
}

function clearRequests({ requests }: Emulator): object[] {
  requests.clear();
  return [];
}
