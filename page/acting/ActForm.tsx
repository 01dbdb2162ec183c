import { useState } from 'preact/hooks';
import type { Report } from '../asking/answers.ts';
import type { Intent } from '../pageContext.ts';
import { useMay } from '../pageContext.ts';
import { EndField } from './EndField.tsx';
import { type Act, byAccount, type End } from './requests.ts';
import { WindowsField } from './WindowsField.tsx';

/** Asks for what an act needs: an end, a reason, and a word about windows and doubt where they matter. */
export function ActForm({
  intent,
  go,
  leave,
}: {
  readonly intent: Intent;
  readonly go: (acts: readonly Act[]) => void;
  readonly leave: () => void;
}) {
  const mayOperate = useMay('Intermission.Operate');
  const [end, setEnd] = useState<End | null>({
    kind: 'for',
    duration: intent.kind === 'extend' ? 'PT1H' : 'PT4H',
  });
  const [reason, setReason] = useState('');
  const [includeWindows, setIncludeWindows] = useState(false);
  const [windows, setWindows] = useState<readonly string[] | null>(null);
  const [takeOver, setTakeOver] = useState(intent.kind === 'resume' && intent.takeOver);
  const reports = 'reports' in intent ? intent.reports : [];
  const areHeldByWindow = reports.some(({ holds }) =>
    holds.some(({ holder, state }) => holder.startsWith('window ') && state === 'live'),
  );
  const areUnsettled = reports.some(({ attention }) =>
    attention.some(({ cause }) => cause === 'doubtful' || cause === 'leftPaused'),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const acts = actsOf(intent, { end, reason: reason.trim(), includeWindows, takeOver, windows });
        if (reason.trim() !== '' && acts.length > 0) go(acts);
      }}
    >
      {(intent.kind === 'pause' || intent.kind === 'extend' || intent.kind === 'exempt') && (
        <EndField kindOfAct={intent.kind} end={end} setEnd={setEnd} />
      )}
      {intent.kind === 'exempt' && (
        <WindowsField reports={reports} windows={windows} setWindows={setWindows} />
      )}
      {intent.kind === 'resume' && areHeldByWindow && mayOperate && (
        <label class="check">
          <input
            type="checkbox"
            checked={includeWindows}
            onChange={({ currentTarget }) => setIncludeWindows(currentTarget.checked)}
          />
          Also those that a window holds, until that window is over
        </label>
      )}
      {intent.kind === 'resume' && areUnsettled && mayOperate && (
        <label class="check">
          <input
            type="checkbox"
            checked={takeOver}
            onChange={({ currentTarget }) => setTakeOver(currentTarget.checked)}
          />
          Take over what is doubtful or left paused: I know that it shall run
        </label>
      )}
      {intent.kind === 'acknowledge' && (
        <p>They stay as they are, and are not looked after any more. Nothing is sent to Partner Center.</p>
      )}
      <label>
        Reason
        <input
          name="reason"
          required
          maxLength={400}
          placeholder="Shown beside the report, kept in its history"
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button type="submit" class="primary" disabled={end === null || windows?.length === 0}>
          See what it does
        </button>
        <button type="button" class="plain" onClick={leave}>
          Cancel
        </button>
      </div>
    </form>
  );
}

interface Said {
  readonly end: End | null;
  readonly reason: string;
  readonly includeWindows: boolean;
  readonly takeOver: boolean;
  readonly windows: readonly string[] | null;
}

/** One act per account, since the app takes the reports of one in a request. */
function actsOf(intent: Intent, { end, reason, includeWindows, takeOver, windows }: Said): readonly Act[] {
  switch (intent.kind) {
    case 'end':
      return [{ kind: 'end', window: intent.window.name, reason }];
    case 'extend':
      return end === null || end.kind === 'untilResumed'
        ? []
        : [{ kind: 'extend', window: intent.window.name, end, reason }];
    case 'endExemption':
      return [{ kind: 'endExemption', exemptionId: intent.exemption.id, reason }];
    case 'exempt':
      return end === null || end.kind === 'untilResumed'
        ? []
        : perAccount(intent.reports, (target) => ({ kind: 'exempt', ...target, windows, end, reason }));
    case 'pause':
      return end === null
        ? []
        : perAccount(intent.reports, (target) => ({ kind: 'pause', ...target, end, reason }));
    case 'resume':
      return perAccount(intent.reports, (target) => ({
        ...{ kind: 'resume', ...target, includeWindows, takeOver, reason },
      }));
    case 'acknowledge':
      return perAccount(intent.reports, (target) => ({ kind: 'acknowledge', ...target, reason }));
  }
}

function perAccount(
  reports: readonly Report[],
  actOn: (target: { readonly account: string; readonly reportIds: readonly string[] }) => Act,
): readonly Act[] {
  return [...byAccount(reports)].map(([account, those]) =>
    actOn({ account, reportIds: those.map(({ reportId }) => reportId) }),
  );
}
