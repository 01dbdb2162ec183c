import type { EntraWatch } from '../signIn/entraNetwork.ts';
import { nameDependency } from './nameDependency.ts';
import type { Telemetry } from './telemetry.ts';

/** Records every request to Entra that the Azure SDKs do not make as a dependency. */
export function watchEntraCalls(telemetry: Telemetry): EntraWatch {
  return ({ method, url, startedMs, durationInMs, httpStatus }) =>
    telemetry.dependency({
      ...{ name: nameDependency(method, url), method, url, startedMs, durationInMs },
      resultCode: httpStatus === null ? 'unanswered' : String(httpStatus),
      success: httpStatus !== null && httpStatus < 400,
      spanId: null,
      properties: { service: 'entra' },
    });
}
