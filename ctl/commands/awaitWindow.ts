import { CommandError } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import { problemShape, type Readiness, readinessShape } from '../connection/answers.ts';
import type { DoorAnswer } from '../connection/exchange.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { readinessWord, tellReadiness } from '../telling/tellReadiness.ts';
import type { Style, Told } from '../telling/told.ts';
import type { World } from '../world.ts';

const USUAL_WAIT_IN_MS = 15_000;
const LONGEST_WAIT_IN_MS = 60_000;

/** What the app said last, and whether it is worth asking again. */
type Heard =
  | { readonly kind: 'told'; readonly readiness: Readiness }
  /** Not open yet, and to open before the time is over. */
  | { readonly kind: 'opensSoon'; readonly opensMs: number; readonly title: string }
  /** It could not be told now. */
  | { readonly kind: 'later'; readonly title: string };

/**
 * Waits until the work of a window may begin, as often as the app says. A window that is about to open is waited for; one that
 * opens later than the time to wait lasts, or was ended, is not. 0 ready, 1 not in time. @throws CommandError
 */
export async function awaitWindow(
  { window, timeoutInMs }: Extract<Command, { name: 'wait' }>,
  doors: Doors,
  world: World,
  style: Style,
): Promise<Told> {
  const untilMs = world.nowMs() + timeoutInMs;
  for (;;) {
    const answer = await doors.get(`/api/windows/${encodeURIComponent(window)}/ready`);
    const heard = hear(answer, untilMs);
    if (heard.kind === 'told' && heard.readiness.isReady && answer.status === 200) {
      return { exitCode: 0, lines: tellReadiness(window, heard.readiness, style), answer: answer.json };
    }
    const nowMs = world.nowMs();
    const delayInMs =
      heard.kind === 'opensSoon'
        ? Math.min(Math.max(1_000, heard.opensMs - nowMs), LONGEST_WAIT_IN_MS)
        : Math.min(answer.retryAfterInMs ?? USUAL_WAIT_IN_MS, LONGEST_WAIT_IN_MS);
    if (nowMs + delayInMs > untilMs) {
      const lines =
        heard.kind === 'told' ? tellReadiness(window, heard.readiness, style) : [`NOT READY: ${heard.title}`];
      return { exitCode: 1, lines, answer: answer.json };
    }
    world.progress(
      `Window ${window}: ${heard.kind === 'told' ? readinessWord(heard.readiness) : heard.title}`,
    );
    await world.sleep(delayInMs);
  }
}

function hear(answer: DoorAnswer, untilMs: number): Heard {
  const problem = problemShape.safeParse(answer.json).data;
  if (problem?.code === 'window_not_open') {
    const opensMs = Date.parse(problem.opensUtc ?? '');
    if (opensMs <= untilMs) {
      return { kind: 'opensSoon', opensMs, title: problem.title };
    }
    throw new CommandError(1, problem.code, problem.title);
  }
  if (problem !== undefined && answer.status === 503) {
    return { kind: 'later', title: problem.title };
  }
  return { kind: 'told', readiness: expectAnswer(answer, readinessShape) };
}
