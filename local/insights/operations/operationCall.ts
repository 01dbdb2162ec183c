import type { TokenPrincipal } from '../../tokens/tokenIssuer.ts';
import type { Answer } from '../http/answer.ts';
import type { World } from '../state/world.ts';
import type { Surface } from '../surfaces.ts';
import type { OperationName } from './operationNames.ts';

/** One request that has passed the gateway: everything an operation may look at. */
export interface OperationCall {
  world: World;
  surface: Surface;
  operationName: OperationName;
  principal: TokenPrincipal;
  /** The last path segment as it was sent, decoded; empty for collections. */
  id: string;
  query: URLSearchParams;
  bodyText: string;
  /** Scheme and authority under which the caller reached the emulator. */
  origin: string;
}

/** Operations are synchronous, so that what one reads and changes is one step. */
export type Operation = (call: OperationCall) => Answer;

/** What the API's `user` field says of a caller: a UPN on mpn, a number in text form on cmp. */
export function userFieldOf({ surface, principal }: Pick<OperationCall, 'surface' | 'principal'>): string {
  if (surface.family === 'mpn') {
    return principal.userName ?? principal.clientId;
  }
  return String(100_000_000 + (Number.parseInt(principal.objectId.slice(0, 7), 16) % 900_000_000));
}

/** A query parameter by its name, whatever its casing; null where it is absent or empty. */
export function queryParameter(call: Pick<OperationCall, 'query'>, name: string): string | null {
  for (const [key, value] of call.query) {
    if (key.toLowerCase() === name.toLowerCase() && value !== '') {
      return value;
    }
  }
  return null;
}
