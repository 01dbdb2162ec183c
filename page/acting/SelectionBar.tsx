import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Report } from '../asking/answers.ts';
import { isOurs, keyOf } from '../facts/kinds.ts';
import { count } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';

/** Which reports of a list are chosen. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (report: Report) => void;
  readonly setAll: (reports: readonly Report[]) => void;
}

/** Keeps what is chosen of a list; what is not shown any more, or was acted on, is not chosen any more. */
export function useChoice(reports: readonly Report[]): Choice {
  const { acts } = usePage();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setKeys(new Set()), [acts]);
  const chosen = useMemo(() => {
    const shown = new Set(reports.map(keyOf));
    return new Set([...keys].filter((key) => shown.has(key)));
  }, [keys, reports]);
  return {
    chosen,
    toggle: (report) =>
      setKeys((before) => {
        const after = new Set(before);
        if (!after.delete(keyOf(report))) after.add(keyOf(report));
        return after;
      }),
    setAll: (all) => setKeys(new Set(all.map(keyOf))),
  };
}

/** What can be done with what is chosen; only what the viewer may do. */
export function SelectionBar({
  reports,
  choice,
}: {
  readonly reports: readonly Report[];
  readonly choice: Choice;
}) {
  const { begin, situation } = usePage();
  const mayPause = useMay('Reports.Pause');
  const mayOperate = useMay('Intermission.Operate');
  const chosen = reports.filter((report) => choice.chosen.has(keyOf(report)));
  if (chosen.length === 0) {
    return null;
  }
  const unsettled = chosen.filter(({ attention }) =>
    attention.some(({ cause }) => cause === 'doubtful' || cause === 'leftPaused'),
  );
  return (
    <div class="selection" role="toolbar" aria-label="With what is chosen">
      <span aria-live="polite">{count(chosen.length, 'report')} chosen</span>
      {mayPause && (
        <>
          <button type="button" class="primary" onClick={() => begin({ kind: 'pause', reports: chosen })}>
            {chosen.every(isOurs) ? 'Pause longer …' : 'Pause …'}
          </button>
          <button
            type="button"
            onClick={() =>
              begin({ kind: 'resume', reports: chosen, takeOver: unsettled.length > 0 && mayOperate })
            }
          >
            Resume …
          </button>
        </>
      )}
      {mayOperate && situation.windows.windows.length > 0 && (
        <button type="button" onClick={() => begin({ kind: 'exempt', reports: chosen })}>
          Leave out …
        </button>
      )}
      {mayOperate && unsettled.length > 0 && (
        <button type="button" onClick={() => begin({ kind: 'acknowledge', reports: unsettled })}>
          Leave as it is …
        </button>
      )}
      <button type="button" class="plain" onClick={() => choice.setAll([])}>
        Clear
      </button>
    </div>
  );
}
