import { includesRole, ROLES } from '../callers/role.ts';
import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import type { ShownCaller } from '../http/shownCaller.ts';
import { VERSION } from '../http/version.ts';
import { ofApp } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofApp,
  operationId: 'GetMe',
  summary: 'Get who calls',
  description: 'Tells who the caller is, and what it may do.',
  visibility: 'internal',
  answers: { 200: ['The caller and its roles.', 'Me'] },
};

/** `GET /api/me`: so that a page or a program offers nothing that is refused afterwards. Also where the settings are wrong. */
export async function answer(composed: Composed, { caller }: Pick<DoorRequest, 'caller'>): Promise<Answer> {
  const shown: ShownCaller = {
    id: caller.id,
    name: caller.name,
    roles: ROLES.filter((role) => includesRole(caller.roles, role)),
    version: VERSION,
    mode: composed.ok ? composed.parts.mode : null,
  };
  return jsonAnswer(200, shown);
}
