import type { SwaggerDocument } from '../openapi/swagger.ts';
import type { CallerSettings } from '../settings/callerSettings.ts';
import type { DoorRequest } from './doorRequest.ts';
import { type Answer, jsonAnswer } from './problem.ts';

let made: Promise<SwaggerDocument> | null = null;

/** `GET /api/openapi.json`: every door of this app, at the address by which it was asked. */
export async function openApiDoor({ url }: DoorRequest, callers: CallerSettings | null): Promise<Answer> {
  made ??= makeDocument(callers);
  return jsonAnswer(200, { ...(await made), host: url.host, schemes: [url.protocol.replace(':', '')] });
}

/** Loaded and made when it is first asked for: no other door needs it. */
async function makeDocument(callers: CallerSettings | null): Promise<SwaggerDocument> {
  const [{ doors, openApiDocument }, { entraSecurity, keySecurity }] = await Promise.all([
    import('../openapi/openApiDocument.ts'),
    import('../openapi/security.ts'),
  ]);
  return openApiDocument(doors, callers?.kind === 'entra' ? entraSecurity(callers) : keySecurity);
}
