import type { Exemption } from '../../../shared/model/exemption.ts';
import { reportIdOf } from './sampleReport.ts';

/** An exemption of the first report from every window, until an instant. */
export function exemptionUntil(untilMs: number, fields: Partial<Exemption> = {}): Exemption {
  return {
    id: 'e1',
    reports: { kind: 'ids', reportIds: [reportIdOf(1)] },
    windows: null,
    untilMs,
    timeZone: null,
    caller: 'ana',
    by: 'ana',
    why: 'month-end',
    atMs: 0,
    place: 1,
    asked: null,
    ended: null,
    ...fields,
  };
}
