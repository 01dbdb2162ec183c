import type { Composed } from '../composition/compose.ts';
import { answerRun } from './answerRun.ts';
import { callOf, type DoorRequest, runOptions } from './doorRequest.ts';
import { neverDry } from './dryRun.ts';
import { parseBody } from './parseBody.ts';
import type { Answer } from './problem.ts';
import { relearnRequestSchema } from './relearnRequestSchema.ts';

/** `POST /api/accounts/{account}/relearn`. */
export function relearnDoor(composed: Composed, request: DoorRequest, account: string): Promise<Answer> {
  return neverDry(composed, request, async ({ service }) => {
    const body = await parseBody(request.body, relearnRequestSchema);
    return body.ok
      ? answerRun(await service.relearn({ account, ...body.value }, callOf(request)), runOptions(request))
      : body.answer;
  });
}
