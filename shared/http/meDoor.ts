import { includesRole, ROLES, type Role } from '../callers/role.ts';
import type { Composed } from '../composition/compose.ts';
import { VERSION } from '../composition/version.ts';
import type { Mode } from '../deciding/decideReport.ts';
import type { DoorRequest } from './doorRequest.ts';
import { type Answer, jsonAnswer } from './problem.ts';

/** Who calls, and what that caller may do here. */
export interface ShownCaller {
  readonly id: string;
  readonly name: string | null;
  /** With those that a role includes. */
  readonly roles: readonly Role[];
  readonly version: string;
  /** Null where the settings are invalid. */
  readonly mode: Mode | null;
}

/** `GET /api/me`: so that a page or a program offers nothing that is refused afterwards. Also where the settings are wrong. */
export function meDoor(composed: Composed, { caller }: Pick<DoorRequest, 'caller'>): Answer {
  const shown: ShownCaller = {
    id: caller.id,
    name: caller.name,
    roles: ROLES.filter((role) => includesRole(caller.roles, role)),
    version: VERSION,
    mode: composed.ok ? composed.parts.mode : null,
  };
  return jsonAnswer(200, shown);
}
