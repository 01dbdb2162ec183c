import type { Composed } from '../../shared/http/composed.ts';
import type { Run } from '../../shared/service/run.ts';
import type { Work } from './messages.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Knocks at one door of the service. @throws Error where the settings made no service. */
export async function runWork(composed: Composed, work: Work): Promise<Run> {
  if (!composed.ok) {
    throw new Error(JSON.stringify(composed.problems));
  }
  const call = { correlationId: 'c0ffee00-0000-4000-8000-000000000001', teller: silent, runId: null };
  switch (work.door) {
    case 'tick':
      return composed.service.tick({ ...call, caller: 'timer' });
    case 'pause':
      return composed.service.pause({ ...work.request, timeZone: null }, { ...call, caller: work.caller });
    case 'resume':
      return composed.service.resume(work.request, { ...call, caller: work.caller });
  }
}
