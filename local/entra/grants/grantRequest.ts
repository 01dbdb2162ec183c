import type { App, DirectoryState } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import type { TokenForm } from '../http/tokenForm.ts';
import type { TokenMaker } from './tokenMaker.ts';

/** A token request whose client has proved to be the app. */
export interface GrantRequest {
  readonly form: TokenForm;
  readonly app: App;
  readonly tenantId: string;
  /** Of the endpoint: 1 takes `resource`, 2 takes `scope`. */
  readonly version: 1 | 2;
}

/** What every grant works with. */
export interface GrantParts {
  readonly state: DirectoryState;
  readonly tokens: TokenMaker;
  readonly nowMs: () => number;
}

export type GrantAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: EntraRefusal };

export function refused(refusal: EntraRefusal): GrantAnswer {
  return { ok: false, refusal };
}

/** The answer to a request that lacks something. */
export function missing(name: string): EntraRefusal {
  return refuse(900144, `It is: '${name}'.`);
}
