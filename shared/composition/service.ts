// What the functions load at their first call, as one lazy chunk of the bundle; each route's own part comes with its first call.
import { admit } from '../callers/admit.ts';
import { anybody } from '../callers/caller.ts';
import { correlationIdOf } from '../http/doorRequest.ts';
import { bodyTooLargeAnswer, MAX_BODY_IN_BYTES } from '../http/parseBody.ts';
import { jsonInSteps } from '../http/writeJson.ts';
import { goOnWithRun, tellPoisonedRun } from '../runs/queueDoor.ts';
import { flushAtEnd, withEvents, withTelemetry } from '../telemetry/invocation.ts';
import { giveWay } from '../time/giveWay.ts';
import { runInSlices } from '../time/steps.ts';
import {
  callerCheckFromEnvironment,
  callerSettingsFromEnvironment,
  serviceFromEnvironment,
} from './fromEnvironment.ts';

/** The body of an answer as it is sent. */
export const writeBody = (body: unknown) => runInSlices(jsonInSteps(body), giveWay);

export {
  admit,
  anybody,
  bodyTooLargeAnswer,
  callerCheckFromEnvironment,
  callerSettingsFromEnvironment,
  correlationIdOf,
  flushAtEnd,
  goOnWithRun,
  MAX_BODY_IN_BYTES,
  serviceFromEnvironment,
  tellPoisonedRun,
  withEvents,
  withTelemetry,
};
