import { useState } from 'preact/hooks';
import type { End } from './requests.ts';

const lasting = [
  ['PT1H', '1 hour'],
  ['PT2H', '2 hours'],
  ['PT4H', '4 hours'],
  ['PT8H', '8 hours'],
  ['P1D', '1 day'],
] as const;

/** When it ends: after a while, at a time, or, of a pause, when somebody resumes it. */
export function EndField({
  kindOfAct,
  end,
  setEnd,
}: {
  readonly kindOfAct: 'pause' | 'extend' | 'exempt';
  readonly end: End | null;
  readonly setEnd: (end: End | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<End['kind']>('for');
  const choose = (chosen: End['kind'], value: string) => {
    setKind(chosen);
    setEnd(
      chosen === 'at'
        ? endAt(value)
        : chosen === 'for'
          ? { kind: 'for', duration: 'PT4H' }
          : { kind: chosen },
    );
  };
  return (
    <fieldset>
      <legend>{kindOfAct === 'extend' ? 'How much longer' : 'Until when'}</legend>
      <div class="chips">
        {lasting.map(([duration, name]) => (
          <button
            key={duration}
            type="button"
            aria-pressed={end?.kind === 'for' && end.duration === duration}
            onClick={() => {
              setKind('for');
              setEnd({ kind: 'for', duration });
            }}
          >
            {name}
          </button>
        ))}
        <button type="button" aria-pressed={kind === 'at'} onClick={() => choose('at', typed)}>
          At a time
        </button>
        {kindOfAct === 'pause' && (
          <button
            type="button"
            aria-pressed={kind === 'untilResumed'}
            onClick={() => choose('untilResumed', '')}
          >
            Until resumed
          </button>
        )}
      </div>
      {kind === 'at' && (
        <label>
          Date and time <span class="optional">your time</span>
          <input
            type="datetime-local"
            required
            value={typed}
            onInput={({ currentTarget: { value } }) => {
              setTyped(value);
              setEnd(endAt(value));
            }}
          />
        </label>
      )}
      {kind === 'untilResumed' && (
        <p class="fault">It stays paused until somebody resumes it. Nothing brings it back by itself.</p>
      )}
    </fieldset>
  );
}

function endAt(value: string): End | null {
  const atMs = Date.parse(value);
  return Number.isNaN(atMs)
    ? null
    : { kind: 'at', untilUtc: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z') };
}
