import type { Work } from '../runs/runRecord.ts';
import type { NamedWindow, OpenOccurrence } from '../service/openOccurrence.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { DoorRequest, Ready } from './doorRequest.ts';
import { submit } from './keptRequests.ts';

export function submitAbout(
  ready: Ready,
  request: DoorRequest,
  about: {
    readonly named: OpenOccurrence;
    readonly door: 'end' | 'extend';
    readonly untilMs: number;
    readonly raw: Readonly<Record<string, unknown>>;
    readonly reason: string;
  },
  reportIds: readonly string[],
): Promise<Answer> {
  const { named, door, untilMs, raw, reason } = about;
  const { window, occurrence, runtime } = named;
  const work: Work = {
    door,
    request: {
      ...{ account: runtime.account.name, window: window.name, timeZone: window.schedule.timeZone },
      ...{ fromMs: occurrence.fromMs, untilMs, reason },
    },
  };
  return submit(ready, request, { work, reportIds, raw, refuse: async () => null });
}

/** Why nothing can be said of an occurrence that is not open. */
export function notOpenAnswer(named: Exclude<NamedWindow, OpenOccurrence>): Answer {
  switch (named.kind) {
    case 'unknown':
      return problemAnswer(404, { code: 'unknown_window', title: 'No window of this name is configured.' });
    case 'closed': {
      const { window, next } = named;
      const opens = next === null ? null : formatInstant(next.fromMs, window.schedule.timeZone);
      const when =
        opens === null ? 'It does not open again.' : `It opens next at ${opens.utc} (${opens.local}).`;
      const title = `The window is not open now. ${window.enabled ? when : 'It is disabled.'}`;
      return problemAnswer(409, { code: 'window_not_open', title, opensUtc: opens?.utc ?? null });
    }
    case 'invalid':
      return problemAnswer(409, {
        code: 'windows_invalid',
        title:
          'The window is invalid: what it holds keeps the end that it has. Correct it (GET /api/windows says how), or resume its reports with includeWindows.',
      });
    case 'unreadable':
      return problemAnswer(
        503,
        {
          code: 'windows_unreadable',
          title: 'Not all windows could be read, and none of those that were has this name.',
        },
        { 'retry-after': '60' },
      );
  }
}
