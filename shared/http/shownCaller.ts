import type { Role } from '../callers/role.ts';
import type { Mode } from '../deciding/decideReport.ts';

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
