import type { Accepted, ExemptionChange, Run } from '../asking/answers.ts';
import { type Asked, ask, type Proof } from '../asking/ask.ts';
import { type Act, requestOf } from './requests.ts';

/** What came of an act. */
export type Performed =
  | { readonly kind: 'done'; readonly did: Run | ExemptionChange }
  | Exclude<Asked<never>, { kind: 'answered' }>;

/** A run that works on, one that is over, or an exemption, which no run makes. */
type Told = Run | Accepted | ExemptionChange;

/** Statuses that bear a run, or a problem with one in it. */
const RUN_AT = [207];

/** What an act would do now, by the same code; nothing is done. */
export async function performDry(proof: Proof, act: Act): Promise<Performed> {
  const { path, body } = requestOf(act);
  const asked = await ask<Run | ExemptionChange>(proof, {
    method: 'POST',
    path: `${path}?dryRun=true`,
    body,
    answersAt: RUN_AT,
  });
  return asked.kind === 'answered' ? { kind: 'done', did: asked.answer } : asked;
}

const ASK_AGAIN_IN_MS = 1_500;
const MOST_SILENCES = 20;

/**
 * Does an act, and waits for its end; long ones tell how far they are. `key` makes a repeat harmless: an answer that is lost is
 * asked for again by the same key.
 */
export async function perform(
  proof: Proof,
  act: Act,
  {
    key,
    tellProgress,
  }: { readonly key: string; readonly tellProgress: (done: number, total: number) => void },
): Promise<Performed> {
  const { path, body } = requestOf(act);
  const asking = { method: 'POST', path, body, key, answersAt: RUN_AT } as const;
  let asked = await ask<Told>(proof, asking);
  for (let tries = 0; asked.kind === 'unreachable' && tries < 3; tries += 1) {
    await pass(ASK_AGAIN_IN_MS);
    asked = await ask<Told>(proof, asking);
  }
  let silences = 0;
  let runId = '';
  while (asked.kind === 'answered' && 'done' in asked.answer) {
    const { total, done } = asked.answer;
    ({ runId } = asked.answer);
    tellProgress(done, total);
    await pass(ASK_AGAIN_IN_MS);
    let next = await ask<Told>(proof, {
      method: 'GET',
      path: `/api/runs/${runId}`,
      answersAt: RUN_AT,
    });
    while (next.kind === 'unreachable' && silences < MOST_SILENCES) {
      silences += 1;
      await pass(ASK_AGAIN_IN_MS);
      next = await ask<Told>(proof, {
        method: 'GET',
        path: `/api/runs/${runId}`,
        answersAt: RUN_AT,
      });
    }
    asked = next;
  }
  if (asked.kind !== 'answered') {
    return asked;
  }
  return 'done' in asked.answer ? { kind: 'unreachable' } : { kind: 'done', did: asked.answer };
}

function pass(durationInMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationInMs));
}
