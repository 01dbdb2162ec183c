import { useEffect, useRef, useState } from 'preact/hooks';
import { count, listOf } from '../facts/words.ts';
import { type Intent, usePage } from '../pageContext.ts';
import { ActForm } from './ActForm.tsx';
import { ActPreview } from './ActPreview.tsx';
import type { Act } from './requests.ts';

/** From the wish to the end of an act: what is asked for, what it will do, and what came of it. */
export function ActDialog({
  intent,
  close,
}: {
  readonly intent: Intent;
  readonly close: (wasDone: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { lookNow } = usePage();
  const [acts, setActs] = useState<readonly Act[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [wasBegun, setBegun] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const leave = () => {
    dialog.current?.close();
    void lookNow();
    close(wasBegun);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="act-title"
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) leave();
      }}
    >
      <h2 id="act-title">{titleOf(intent)}</h2>
      <p class="quiet-text">{whatOf(intent)}</p>
      {acts === null ? (
        <ActForm intent={intent} go={setActs} leave={leave} />
      ) : (
        <ActPreview
          intent={intent}
          acts={acts}
          back={() => setActs(null)}
          leave={leave}
          setBusy={(isWorking) => {
            setBusy(isWorking);
            setBegun(true);
          }}
        />
      )}
    </dialog>
  );
}

function titleOf(intent: Intent): string {
  switch (intent.kind) {
    case 'pause':
      return `Pause ${count(intent.reports.length, 'report')}`;
    case 'resume':
      return `Resume ${count(intent.reports.length, 'report')}`;
    case 'acknowledge':
      return `Leave ${count(intent.reports.length, 'report')} as ${intent.reports.length === 1 ? 'it is' : 'they are'}`;
    case 'exempt':
      return `Leave ${count(intent.reports.length, 'report')} out of windows`;
    case 'endExemption':
      return 'End the exemption now';
    case 'end':
      return `End ${intent.window.name} now`;
    case 'extend':
      return `Extend ${intent.window.name}`;
  }
}

function whatOf(intent: Intent): string {
  if (intent.kind === 'endExemption') {
    return `${intent.exemption.who}: ${intent.exemption.why}`;
  }
  return 'window' in intent
    ? 'The occurrence that is open now; the next one is untouched.'
    : listOf(
        intent.reports.map(({ reportName, reportId }) => (reportName === '' ? reportId : reportName)),
        4,
      );
}
