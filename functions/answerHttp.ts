import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Composed } from '../shared/composition/compose.ts';
import type { DoorRequest } from '../shared/http/doorRequest.ts';
import type { Answer } from '../shared/http/problem.ts';
import { configInvalid } from './configInvalid.ts';
import { tellerOf } from './tellerOf.ts';

type Doors = typeof import('../shared/composition/service.ts').doors;

type Params = Readonly<Record<string, string | undefined>>;

/** Serves a request by one of the service's doors: hand it over, send back its answer. */
export function answerHttp(
  door: (doors: Doors, composed: Composed, request: DoorRequest, params: Params) => Promise<Answer> | Answer,
) {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const { doors, serviceFromEnvironment } = await import('../shared/composition/service.ts');
    const handedOver: DoorRequest = {
      url: new URL(request.url),
      body: new Uint8Array(await request.arrayBuffer()),
      header: (name) => request.headers.get(name),
      teller: tellerOf(context),
    };
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      context.error(configInvalid(composed));
    }
    const answer = await door(doors, composed, handedOver, request.params);
    return { status: answer.status, headers: { ...answer.headers }, body: JSON.stringify(answer.body) };
  };
}
