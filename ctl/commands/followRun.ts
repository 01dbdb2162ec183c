import { CommandError } from '../commandError.ts';
import {
  problemWithRunShape,
  type Run,
  runShape,
  type Working,
  workingShape,
} from '../connection/answers.ts';
import type { DoorAnswer } from '../connection/exchange.ts';
import type { Doors } from '../connection/openDoors.ts';
import { refusal } from '../connection/refusal.ts';
import { createPace } from '../telling/pace.ts';
import type { World } from '../world.ts';

/** A run that is over, or one that was still working when the time to wait was over; `title` where the app calls it a problem. */
export type Followed =
  | { readonly kind: 'over'; readonly run: Run; readonly title: string | null; readonly answer: unknown }
  | { readonly kind: 'working'; readonly working: Working; readonly answer: unknown };

const USUAL_WAIT_IN_MS = 5_000;
const LONGEST_WAIT_IN_MS = 60_000;

/**
 * Waits for a run that works on, as often as the app says, at most `waitInMs`. The address to ask at is the one that the
 * app named, if it is the app's own; else the run's, with the sign-in.
 * @throws CommandError
 */
export async function followRun(
  doors: Doors,
  first: DoorAnswer,
  { waitInMs, world }: { readonly waitInMs: number; readonly world: World },
): Promise<Followed> {
  const untilMs = world.nowMs() + waitInMs;
  let answer = first;
  const pace = createPace(world);
  for (;;) {
    const working = workingShape.safeParse(answer.json);
    if (!working.success) {
      return over(answer);
    }
    const { runId, done, total } = working.data;
    const pauseInMs = Math.min(answer.retryAfterInMs ?? USUAL_WAIT_IN_MS, LONGEST_WAIT_IN_MS);
    if (world.nowMs() + pauseInMs > untilMs) {
      return { kind: 'working', working: working.data, answer: answer.json };
    }
    world.progress(`Run ${runId} is working: ${done} of ${total} reports done${pace({ done, total })}`);
    await world.sleep(pauseInMs);
    const own = ownAddress(first.location, doors.origin, runId);
    answer = await look(own === null ? doors.get(`/api/runs/${runId}`) : doors.getOpen(own), runId);
  }
}

/** Whoever loses touch with a run shall know which one it was. */
async function look(asked: Promise<DoorAnswer>, runId: string): Promise<DoorAnswer> {
  try {
    return await asked;
  } catch (error: unknown) {
    throw error instanceof CommandError
      ? new CommandError(
          error.exitCode,
          error.code,
          `${error.message} Run ${runId} goes on: "runs ${runId}" looks again.`,
        )
      : error;
  }
}

function over(answer: DoorAnswer): Followed {
  const run = runShape.safeParse(answer.json);
  if (run.success) {
    return { kind: 'over', run: run.data, title: null, answer: answer.json };
  }
  const problem = problemWithRunShape.safeParse(answer.json);
  if (problem.success) {
    return { kind: 'over', run: problem.data.run, title: problem.data.title, answer: answer.json };
  }
  throw refusal(answer);
}

function ownAddress(location: string | null, origin: string, runId: string): string | null {
  const url = location !== null && URL.canParse(location, origin) ? new URL(location, origin) : null;
  const isOwn = url?.origin === origin && url.pathname === `/api/runs/${runId}/status`;
  return isOwn ? `${url.pathname}${url.search}` : null;
}
