import type { DirectoryState } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';

/** What a token shall be for. */
export interface WantedScope {
  /** The audience by which the resource is registered; null where only OpenID's scopes were named. */
  readonly resource: string | null;
  /** Without the resource in front. */
  readonly scopes: readonly string[];
  readonly offline: boolean;
}

type Parsed = { ok: true; wanted: WantedScope } | { ok: false; refusal: EntraRefusal };

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** Reads a version 2 `scope`: scopes of one resource, and OpenID's. */
export function parseScope(text: string, state: DirectoryState): Parsed {
  const all = text.split(' ').filter((one) => one !== '');
  const own = all.filter((one) => !openIdScopes.includes(one)).map(splitScope);
  const [first] = own;
  const offline = all.includes('offline_access');
  if (first === undefined) {
    return { ok: true, wanted: { resource: null, scopes: [], offline } };
  }
  if (own.some(({ resource }) => resource !== first.resource)) {
    return { ok: false, refusal: refuse(28000) };
  }
  const found = findResource(state, first.resource);
  if (found === null) {
    return { ok: false, refusal: refuse(500011, `It is named '${first.resource}'.`) };
  }
  const scopes = own.map(({ name }) => name);
  const unknown = scopes.find((name) => name !== '.default' && !found.scopes.includes(name));
  return unknown === undefined
    ? { ok: true, wanted: { resource: found.audience, scopes, offline } }
    : { ok: false, refusal: refuse(70011, `The scope '${unknown}' does not exist on the resource.`) };
}

/** The resource of that name, and the delegated permissions it has. */
export function findResource(
  state: DirectoryState,
  name: string,
): { audience: string; scopes: readonly string[] } | null {
  const registered = state.resources.find(({ audience }) => audience === name);
  if (registered !== undefined) {
    return registered;
  }
  const api = [...state.apps.values()].find(
    ({ identifierUri, clientId }) => identifierUri !== null && (identifierUri === name || clientId === name),
  );
  return api?.identifierUri == null ? null : { audience: api.identifierUri, scopes: ['user_impersonation'] };
}

function splitScope(scope: string): { resource: string; name: string } {
  const slash = scope.lastIndexOf('/');
  return slash < 0
    ? { resource: scope, name: '' }
    : { resource: scope.slice(0, slash), name: scope.slice(slash + 1) };
}
