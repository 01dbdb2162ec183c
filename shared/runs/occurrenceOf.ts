import type { Run } from '../service/run.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import type { Work } from './runRecord.ts';

/** Which occurrence a request spoke of, and when that is over by it. */
export function occurrenceOf({ door, request }: Work): Pick<Run, 'occurrence'> {
  if (door !== 'end' && door !== 'extend') {
    return {};
  }
  const { window, fromMs, untilMs, timeZone } = request;
  const [from, until] = [formatInstant(fromMs, timeZone), formatInstant(untilMs, timeZone)];
  return {
    occurrence: {
      ...{ window, fromUtc: from.utc, fromLocal: from.local },
      ...{ untilUtc: until.utc, untilLocal: until.local },
    },
  };
}
