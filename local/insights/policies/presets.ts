// Services as somebody else might have written them, each made of policies alone.
import { z } from 'zod';
import type { policiesSchema } from './policies.ts';

type Preset = Partial<z.input<typeof policiesSchema>>;

const once = { effect: 'never', times: 1 } as const;

/** By name, in the order of `local/README.md`, which says what each one is like. */
export const presets = {
  resumeAnswersWithoutEffectOnce: { resumePut: once },
  oldListRows: { listLagInMs: 60_000 },
  resumeUnavailableOnce: { resumePut: { ...once, answers: 503 } },
  pauseUnavailableOnce: { pausePut: { ...once, answers: 503 } },
  answersDifferBySource: {
    listRows: { leftOut: ['query'], volatile: ['lastExecutionTime'] },
    putAnswers: { timeForm: 'ticks', leftOut: ['query', 'description'], asText: ['executeNow'] },
  },
  modifiedTimesDisagree: {
    modifiedTimeLateInMs: 120_000,
    listRows: { timeForm: 'noZone' },
    putAnswers: { timeForm: 'ticks' },
    readGlitches: [
      { shows: 'nullTime', whenStatus: 'Paused', skip: 1 },
      { shows: 'olderTime', whenStatus: 'Paused', skip: 2 },
    ],
  },
  pauseRefusedThoughDone: { pausePut: { answers: 400, times: 1 } },
  pausedReportsFlicker: {
    readGlitches: [
      { shows: 'Inactive', whenStatus: 'Paused', skip: 1 },
      { shows: 'notFound', whenStatus: 'Paused', skip: 2, times: 2, apartInMs: 60_000 },
    ],
  },
  dateRunsAhead: { dateHeaderAheadInMs: 2_000 },
  pauseAnswersWithoutEffectOnce: { pausePut: once },
  listForgetsPaused: { listLagInMs: 45_000, listOmits: 'paused' },
  listRefused: { listRefusedWith: 403 },
  listIsEmpty: { listOmits: 'everything' },
} as const satisfies Record<string, Preset>;

/** @throws ZodError that names the presets there are. */
export function presetOf(name: unknown): Preset {
  return z
    .string()
    .transform((wanted, context) => {
      const found = Object.entries(presets).find(([known]) => known === wanted);
      if (found === undefined) {
        const message = `preset must be one of ${Object.keys(presets).join(', ')}, not "${wanted}"`;
        context.addIssue({ code: 'custom', path: ['preset'], message });
        return z.NEVER;
      }
      return found[1];
    })
    .parse(name);
}
