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
  request: Omit<DoorRequest, 'caller' | 'body'>,
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
    const header = (name: string) => request.headers.get(name);
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      context.error(configInvalid(composed));
    }
    const answer = await recorded(service, composed, { context, hasCaller: true }, async (teller) => {
      const handedOver = { url, header, teller };
      const admitted = await letIn(service, handedOver);
      if ('answer' in admitted) {
        return admitted.answer;
      }
      if (isTooLong(request, service.MAX_BODY_IN_BYTES)) {
        return service.bodyTooLargeAnswer();
      }
      const body = new Uint8Array(await request.arrayBuffer());
      return door(doors, composed, { ...handedOver, ...admitted, body }, request.params);
    });
    // A page and its files are bytes already.
    const body = answer.body instanceof Uint8Array ? answer.body : await service.writeBody(answer.body);
    return { status: answer.status, headers: { ...answer.headers }, body };
  };
}

/** Whether a body is said to be too long, so that no byte of it is copied; one that says nothing is measured when it is read. */
function isTooLong(request: HttpRequest, maxInBytes: number): boolean {
  return Number(request.headers.get('content-length') ?? 0) > maxInBytes;
}
