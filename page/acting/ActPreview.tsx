import { useEffect, useState } from 'preact/hooks';
import type { ExemptionChange, Run } from '../asking/answers.ts';
import { count } from '../facts/words.ts';
import { type Intent, usePage } from '../pageContext.ts';
import { EqualLines } from './EqualLines.tsx';
import { ExemptionEffect } from './ExemptionEffect.tsx';
import { type Performed, perform, performDry } from './perform.ts';
import { RunResults } from './RunResults.tsx';
import { type Act, canRunDry } from './requests.ts';

type Did = readonly (Run | ExemptionChange)[];

type Stage =
  | { readonly kind: 'foreseeing' }
  | { readonly kind: 'foreseen'; readonly did: Did }
  | { readonly kind: 'working'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly did: Did }
  | { readonly kind: 'failed'; readonly told: string; readonly did: Did };

/** Shows what acts will do, does them when that is confirmed, and shows what came of it. */
export function ActPreview({
  intent,
  acts,
  back,
  leave,
  setBusy,
}: {
  readonly intent: Intent;
  readonly acts: readonly Act[];
  readonly back: () => void;
  readonly leave: () => void;
  readonly setBusy: (isBusy: boolean) => void;
}) {
  const { proof } = usePage();
  const [stage, setStage] = useState<Stage>({ kind: 'foreseeing' });
  // Each act keeps its key: whoever tries it again after a lost answer gets the first one.
  const [keys] = useState(() => acts.map(() => crypto.randomUUID()));

  useEffect(() => {
    const foresee = async () =>
      setStage(await inTurn(acts.filter(canRunDry), (act) => performDry(proof, act), 'foreseen'));
    void foresee();
  }, []);
  const confirm = async () => {
    setBusy(true);
    setStage({ kind: 'working', done: 0, total: 0 });
    const tellProgress = (done: number, total: number) => setStage({ kind: 'working', done, total });
    const ended = await inTurn(
      acts,
      (act) => perform(proof, act, { key: keys[acts.indexOf(act)] ?? '', tellProgress }),
      'done',
    );
    setBusy(false);
    setStage(ended);
  };
  const isOver = stage.kind === 'done';
  return (
    <>
      <div class="outcome" role="status" aria-busy={stage.kind === 'foreseeing' || stage.kind === 'working'}>
        <StageView stage={stage} intent={intent} />
      </div>
      {stage.kind === 'foreseen' && <EqualLines acts={acts} />}
      <div class="buttons">
        {stage.kind === 'foreseen' && (
          <button type="button" class="primary" onClick={() => void confirm()}>
            {confirmText(intent)}
          </button>
        )}
        {(stage.kind === 'foreseen' || stage.kind === 'failed') && (
          <button type="button" onClick={back}>
            Back
          </button>
        )}
        {stage.kind !== 'working' && (
          <button type="button" class={isOver ? 'primary' : 'plain'} onClick={leave}>
            {isOver ? 'Close' : 'Cancel'}
          </button>
        )}
      </div>
    </>
  );
}

function StageView({ stage, intent }: { readonly stage: Stage; readonly intent: Intent }) {
  switch (stage.kind) {
    case 'foreseeing':
      return <p>Looking what it would do …</p>;
    case 'foreseen':
      return stage.did.length === 0 ? <Reckoned intent={intent} /> : <Came did={stage.did} isDry />;
    case 'working':
      return (
        <>
          <p>{stage.total === 0 ? 'Working …' : `${stage.done} of ${count(stage.total, 'report')} …`}</p>
          <progress
            aria-label="Progress"
            {...(stage.total === 0 ? {} : { value: stage.done, max: stage.total })}
          />
        </>
      );
    case 'done':
      return <Came did={stage.did} isDry={false} />;
    case 'failed':
      return (
        <>
          <p class="fault" role="alert">
            {stage.told}
          </p>
          {stage.did.length > 0 && <Came did={stage.did} isDry={false} />}
        </>
      );
  }
}

/** What came of acts, or would. */
function Came({ did, isDry }: { readonly did: Did; readonly isDry: boolean }) {
  const runs = did.filter((one) => 'results' in one);
  const changes = did.filter((one) => 'effect' in one);
  return (
    <>
      {runs.length > 0 && <RunResults runs={runs} isDry={isDry} />}
      {changes.map((change) => (
        <ExemptionEffect key={change.exemption.id} change={change} isDry={isDry} />
      ))}
    </>
  );
}

/** What the app does not try dry is reckoned from what is shown. */
function Reckoned({ intent }: { readonly intent: Intent }) {
  const { situation } = usePage();
  switch (intent.kind) {
    case 'end': {
      const holder = `window ${intent.window.name}`;
      const held = situation.reports.reports.filter(({ holds }) =>
        holds.some((hold) => hold.holder === holder && hold.state === 'live'),
      );
      const others = held.filter(({ holdCount }) => holdCount > 1).length;
      return (
        <p>
          {count(held.length - others, 'report')} that it alone holds{' '}
          {held.length - others === 1 ? 'comes' : 'come'} back
          {others === 0
            ? '.'
            : `; ${count(others, 'report')} stay paused, because something else holds them too.`}
        </p>
      );
    }
    case 'extend':
      return <p>What it holds stays paused until the new end.</p>;
    default:
      return (
        <p>
          {count('reports' in intent ? intent.reports.length : 0, 'report')}: nothing is sent to Partner
          Center.
        </p>
      );
  }
}

function confirmText(intent: Intent): string {
  switch (intent.kind) {
    case 'pause':
      return 'Pause now';
    case 'resume':
      return 'Resume now';
    case 'acknowledge':
      return 'Leave as it is';
    case 'exempt':
      return 'Leave out';
    case 'endExemption':
    case 'end':
      return 'End it now';
    case 'extend':
      return 'Extend it';
  }
}

/** One after the other, and no further after one that failed. */
async function inTurn(
  acts: readonly Act[],
  does: (act: Act) => Promise<Performed>,
  kind: 'foreseen' | 'done',
): Promise<Stage> {
  const did: (Run | ExemptionChange)[] = [];
  for (const act of acts) {
    const performed = await does(act);
    switch (performed.kind) {
      case 'done':
        did.push(performed.did);
        break;
      case 'problem':
        return { kind: 'failed', told: performed.title, did };
      case 'signedOut':
        return { kind: 'failed', told: 'You are not signed in any more.', did };
      case 'unreachable':
        return {
          kind: 'failed',
          told:
            kind === 'foreseen'
              ? 'The app cannot be reached. Nothing was done.'
              : 'No answer came. It may have been done, or be under way: look at the reports before you ask again.',
          did,
        };
    }
  }
  return { kind, did };
}
