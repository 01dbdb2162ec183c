// All that the functions load at their first call, as one lazy chunk of the bundle.
import { admit } from '../callers/admit.ts';
import { anybody } from '../callers/caller.ts';
import {
  acknowledgeDoor,
  adoptDoor,
  drainDoor,
  pauseDoor,
  resumeDoor,
  tickDoor,
} from '../http/changeDoors.ts';
import { consentDoor, consentTermsDoor } from '../http/consentDoors.ts';
import { correlationIdOf, type DoorRequest } from '../http/doorRequest.ts';
import { healthDetailsDoor, healthDoor } from '../http/healthDoors.ts';
import { meDoor } from '../http/meDoor.ts';
import { openApiDoor } from '../http/openApiDoor.ts';
import { bodyTooLargeAnswer, MAX_BODY_IN_BYTES } from '../http/parseBody.ts';
import { relearnDoor } from '../http/relearnDoor.ts';
import { continueRunDoor, runDoor, runStatusDoor } from '../http/runDoors.ts';
import {
  accountsDoor,
  planDoor,
  reportDoor,
  reportsDoor,
  windowDoor,
  windowsDoor,
} from '../http/tellingDoors.ts';
import { webhookDoor } from '../http/webhookDoor.ts';
import { endWindowDoor, extendWindowDoor, windowReadyDoor } from '../http/windowDoors.ts';
import { jsonInSteps } from '../http/writeJson.ts';
import { pageDoor, pageFileDoor } from '../page/pageDoors.ts';
import { goOnWithRun, tellPoisonedRun } from '../runs/queueDoor.ts';
import { flushAtEnd, withEvents, withTelemetry } from '../telemetry/invocation.ts';
import { giveWay } from '../time/giveWay.ts';
import { runInSlices } from '../time/steps.ts';
import {
  callerCheckFromEnvironment,
  callerSettingsFromEnvironment,
  serviceFromEnvironment,
} from './fromEnvironment.ts';

/** Every door by its function. */
export const doors = {
  accountsDoor,
  adoptDoor,
  consentDoor,
  consentTermsDoor,
  continueRunDoor,
  drainDoor,
  endWindowDoor,
  extendWindowDoor,
  acknowledgeDoor,
  goOnWithRun,
  meDoor,
  pageDoor: (request: DoorRequest) => pageDoor(request, callerSettingsFromEnvironment()),
  pageFileDoor,
  healthDetailsDoor,
  healthDoor,
  openApiDoor: (request: DoorRequest) => openApiDoor(request, callerSettingsFromEnvironment()),
  pauseDoor,
  planDoor,
  relearnDoor,
  reportDoor,
  reportsDoor,
  resumeDoor,
  runDoor,
  runStatusDoor,
  tellPoisonedRun,
  tickDoor,
  webhookDoor,
  windowDoor,
  windowReadyDoor,
  windowsDoor,
};

/** The body of an answer as it is sent. */
export const writeBody = (body: unknown) => runInSlices(jsonInSteps(body), giveWay);

export {
  admit,
  anybody,
  bodyTooLargeAnswer,
  callerCheckFromEnvironment,
  correlationIdOf,
  flushAtEnd,
  MAX_BODY_IN_BYTES,
  serviceFromEnvironment,
  withEvents,
  withTelemetry,
};
