import type { Composed } from '../composition/compose.ts';
import { isOfOccurrence } from '../model/hold.ts';
import type { Work } from '../runs/runRecord.ts';
import { judgeExtension } from '../service/judgeExtension.ts';
import type { NamedWindow, OpenOccurrence } from '../service/openOccurrence.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { callOf, type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { neverDry } from './dryRun.ts';
import { answerRepeated, looseBody, submit } from './keptRequests.ts';
import { parseBody } from './parseBody.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';
import { endRequestSchema, extendRequestSchema } from './windowRequestSchemas.ts';

/** `POST /api/windows/{window}/end`: this occurrence is done early; what it alone held comes back. */
export function endWindowDoor(composed: Composed, request: DoorRequest, window: string): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const raw = { ...looseBody(request.body), window };
    const earlier = await answerRepeated(ready, request, { door: 'end', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, endRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const untilMs = ready.parts.clock.now();
    const named = await ready.service.openOccurrence(window, untilMs);
    if (named.kind !== 'open') {
      return notOpenAnswer(named);
    }
    const { occurrence, snapshot } = named;
    const held = snapshot.holds.flatMap(({ hold }) =>
      isOfOccurrence(hold, occurrence) ? [hold.reportId] : [],
    );
    return submitAbout(ready, request, { named, door: 'end', untilMs, raw, reason: body.value.reason }, held);
  });
}

/** `POST /api/windows/{window}/extend`: this occurrence lasts longer. */
export function extendWindowDoor(composed: Composed, request: DoorRequest, window: string): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const raw = { ...looseBody(request.body), window };
    const earlier = await answerRepeated(ready, request, { door: 'extend', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, extendRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const named = await ready.service.openOccurrence(window, ready.parts.clock.now());
    if (named.kind !== 'open') {
      return notOpenAnswer(named);
    }
    const judged = judgeExtension(named, body.value.end);
    if (!judged.ok) {
      return problemAnswer(409, { code: judged.code, title: judged.message });
    }
    const { untilMs } = judged;
    return submitAbout(
      ready,
      request,
      { named, door: 'extend', untilMs, raw, reason: body.value.reason },
      [],
    );
  });
}

function submitAbout(
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

/** Partner Center is asked for people so often at most: sooner there is nothing new. */
const ASK_AGAIN_IN_SECONDS = '15';

/**
 * `GET /api/windows/{window}/ready`: 202 until all that the window selects is confirmed paused or told why not, and none of it
 * runs any more; then 200.
 */
export function windowReadyDoor(composed: Composed, request: DoorRequest, window: string): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const outcome = await service.readiness(window, callOf(request));
    const again = { 'retry-after': ASK_AGAIN_IN_SECONDS };
    switch (outcome.kind) {
      case 'told':
        return outcome.readiness.isReady
          ? jsonAnswer(200, outcome.readiness)
          : jsonAnswer(202, outcome.readiness, again);
      case 'notActing': {
        const title = `MODE is ${outcome.mode}: no pause is started, so there is nothing to wait for.`;
        return problemAnswer(409, { code: 'mode_forbids', title });
      }
      case 'unread': {
        const title = 'The reports of the account could not be read, so it cannot be told.';
        return problemAnswer(503, { code: outcome.code, title, detail: outcome.message }, again);
      }
      default:
        return notOpenAnswer(outcome);
    }
  });
}

/** Why nothing can be said of an occurrence that is not open. */
function notOpenAnswer(named: Exclude<NamedWindow, OpenOccurrence>): Answer {
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
