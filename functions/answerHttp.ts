import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Composed } from '../shared/composition/compose.ts';
import type { DoorRequest } from '../shared/http/doorRequest.ts';
import type { Answer } from '../shared/http/problem.ts';
import { configInvalid } from './configInvalid.ts';
import { recorded } from './recorded.ts';

type Service = typeof import('../shared/composition/service.ts');

type Doors = Service['doors'];

type Params = Readonly<Record<string, string | undefined>>;

/** A door's work: hand the request over, get its answer. */
export type Door = (
  doors: Doors,
  composed: Composed,
  request: DoorRequest,
  params: Params,
) => Promise<Answer> | Answer;

/** Who comes in: somebody, or the answer to one who does not. */
type LetIn = (
  service: Service,
  request: Omit<DoorRequest, 'caller'>,
) => Promise<Pick<DoorRequest, 'caller'> | { readonly answer: Answer }>;

/** Serves a request by one of the service's doors, which is open to everybody or asks for its own proof. */
export function answerHttp(door: Door) {
  return answerCaller(async ({ anybody }) => ({ caller: anybody }), door);
}

/** Serves a request by one of the service's doors, for whoever is let in. */
export function answerCaller(letIn: LetIn, door: Door) {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const service = await import('../shared/composition/service.ts');
    const { doors, serviceFromEnvironment } = service;
    const url = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const header = (name: string) => request.headers.get(name);
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      context.error(configInvalid(composed));
    }
    const answer = await recorded(service, composed, { context, hasCaller: true }, async (teller) => {
      const handedOver = { url, body, header, teller };
      const admitted = await letIn(service, handedOver);
      return 'answer' in admitted
        ? admitted.answer
        : await door(doors, composed, { ...handedOver, ...admitted }, request.params);
    });
    return { status: answer.status, headers: { ...answer.headers }, body: JSON.stringify(answer.body) };
  };
}
