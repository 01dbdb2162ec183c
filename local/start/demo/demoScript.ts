import { type Actor, type CastReport, cast } from './cast.ts';
import { windowMinutes } from './demoNight.ts';

/** What happens at one minute, counted from the window's start. */
export type Scene =
  | { readonly kind: 'tick'; readonly minute: number }
  | { readonly kind: 'remark'; readonly minute: number; readonly text: string }
  | {
      readonly kind: 'person';
      readonly minute: number;
      readonly person: Exclude<Actor, 'Intermission'>;
      readonly verb: 'pause' | 'resume';
      readonly report: CastReport;
      readonly why: string;
    };

/** When the demo begins. */
export const firstMinute = -8;

/** When the reports of the window would run, while it is on. */
export const runMinute = 15;

const tickEveryMinutes = 5;

const people: readonly Scene[] = [
  {
    kind: 'person',
    minute: -7,
    person: 'Dana',
    verb: 'pause',
    report: cast.oldExport,
    why: 'nobody needs it any more',
  },
  {
    kind: 'person',
    minute: 7,
    person: 'Dana',
    verb: 'resume',
    report: cast.licences,
    why: 'she wants to see whether it works',
  },
  {
    kind: 'person',
    minute: 8,
    person: 'Dana',
    verb: 'pause',
    report: cast.licences,
    why: 'it shows wrong numbers, so it shall stay off',
  },
  {
    kind: 'person',
    minute: 12,
    person: 'Sam',
    verb: 'resume',
    report: cast.invoices,
    why: 'accounting needs tonight’s file',
  },
];

const remarks: readonly Scene[] = [
  { kind: 'remark', minute: 0, text: 'The window begins.' },
  { kind: 'remark', minute: runMinute, text: 'The daily reports are due; only what is active now runs.' },
  { kind: 'remark', minute: windowMinutes, text: 'The window ends.' },
];

/** The whole night in order; what stands at one minute stays in the order remark, person, tick. */
export const demoScript: readonly Scene[] = [...remarks, ...people, ...ticks()].sort(
  (one, other) => one.minute - other.minute,
);

function ticks(): readonly Scene[] {
  const count = windowMinutes / tickEveryMinutes + 3;
  return Array.from({ length: count }, (_, at) => ({ kind: 'tick', minute: (at - 1) * tickEveryMinutes }));
}
