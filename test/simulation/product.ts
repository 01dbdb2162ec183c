import { keyCaller } from '../../shared/callers/caller.ts';
import { compose } from '../../shared/composition/compose.ts';
import type { Outside } from '../../shared/composition/outside.ts';
import { answer as answerExempt } from '../../shared/routes/exempt.ts';
import { answer as answerPause } from '../../shared/routes/pause.ts';
import { answer as answerResume } from '../../shared/routes/resume.ts';
import { goOnWithRun, tellPoisonedRun } from '../../shared/runs/queueDoor.ts';
import type { Clock } from '../../shared/time/clock.ts';

/** Something that the app told, with all that it said of it. */
export type Hear = (name: string, said: object) => void;

/** The app as its triggers know it: the only place of the simulation that names the product's own functions. */
export interface Product {
  tick(hear: Hear): Promise<void>;
  /** `POST /api/pause`, `POST /api/resume` and `POST /api/exemptions`. */
  ask(
    request: { readonly asks: keyof typeof asking; readonly body: object; readonly key: string | null },
    hear: Hear,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** A message of the run queue, or one that failed too often. */
  work(message: unknown, isPoisoned: boolean, hear: Hear): Promise<void>;
}

const asking = {
  pause: { answer: answerPause, path: 'pause' },
  resume: { answer: answerResume, path: 'resume' },
  exempt: { answer: answerExempt, path: 'exemptions' },
} as const;

/** A process of the app, composed anew. @throws Error where the settings are wrong. */
export function startProduct(
  settings: Readonly<Record<string, string>>,
  seams: { readonly clock: Clock; readonly random: () => number; readonly outside: Outside },
): Product {
  const composed = compose(
    {
      TENANT_ID: '11111111-1111-4111-8111-111111111111',
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      ...settings,
    },
    seams,
  );
  if (!composed.ok) {
    throw new Error(composed.problems.map(({ name, message }) => `${name} ${message}`).join('; '));
  }
  return {
    tick: async (hear) => {
      const correlationId = '00000000-0000-4000-8000-000000000001';
      await composed.service.tick({ correlationId, caller: 'timer', teller: tellerOf(hear), runId: null });
    },
    ask: ({ asks, body, key }, hear) => {
      const { answer, path } = asking[asks];
      return answer(composed, {
        url: new URL(`https://app.example/api/${path}`),
        body: new TextEncoder().encode(JSON.stringify(body)),
        header: (name) => (name.toLowerCase() === 'idempotency-key' ? key : null),
        teller: tellerOf(hear),
        caller: keyCaller('the simulation'),
      });
    },
    work: async (message, isPoisoned, hear) => {
      if (isPoisoned) tellPoisonedRun(message, tellerOf(hear));
      else await goOnWithRun(composed.runs, message, tellerOf(hear));
    },
  };
}

const quiet = () => {};

function tellerOf(hear: Hear) {
  return {
    ...{ info: quiet, warn: quiet, error: quiet },
    telemetry: {
      event: (name: string, properties: object) => hear(name, properties),
      metric: quiet,
      dependency: quiet,
      flush: async () => {},
    },
  };
}
