import type { Role } from '../callers/role.ts';
import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import type { Operation } from '../openapi/operation.ts';
import type { CallerSettings } from '../settings/callerSettings.ts';
import type { Answer } from '../wire/problem.ts';

/** Where a route is, who may ask, and where to find the rest of it. */
export interface Route {
  /** The first one is the route's own; another belongs to a handshake and stands in no document. */
  readonly methods: readonly [HttpMethod, ...HttpMethod[]];
  /** Below `/api/`, as Azure Functions and OpenAPI both write it. */
  readonly path: string;
  /** The role that opens it; null where everybody may ask, or whoever asks proves himself to the route. */
  readonly role: Role | null;
  readonly load: () => Promise<RouteModule>;
}

type HttpMethod = 'GET' | 'POST' | 'OPTIONS';

/** What a route's own file holds. */
interface RouteModule {
  /** What the document tells of it; null stands in none. */
  readonly operation: Operation | null;
  /** Answers a request of somebody who may ask. */
  readonly answer: (
    composed: Composed,
    request: DoorRequest,
    parameters: PathParameters,
    surroundings: Surroundings,
  ) => Promise<Answer>;
}

/** What stands in the braces of a path, by name. */
export type PathParameters = Readonly<Record<string, string>>;

/** What a route may know of the app beside the service. */
export interface Surroundings {
  readonly method: string;
  readonly routes: Readonly<Record<string, Route>>;
  /** How callers prove themselves; null where the settings of it cannot be used. */
  readonly readCallers: () => CallerSettings | null;
}

/** A route that tells and changes nothing. */
export function get(path: string, role: Role | null, load: Route['load']): Route {
  return { methods: ['GET'], path, role, load };
}

/** A route that changes something. */
export function post(path: string, role: Role | null, load: Route['load']): Route {
  return { methods: ['POST'], path, role, load };
}

/** A route to which other systems deliver, after a handshake. */
export function delivered(path: string, role: Role | null, load: Route['load']): Route {
  return { methods: ['POST', 'OPTIONS'], path, role, load };
}
