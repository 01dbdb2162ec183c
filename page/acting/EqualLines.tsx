import { usePage } from '../pageContext.ts';
import { type Act, ctlLine, curlLine } from './requests.ts';

/** The same as lines for a shell; no key stands in them. */
export function EqualLines({ acts }: { readonly acts: readonly Act[] }) {
  const { situation, signIn } = usePage();
  const hasSeveral = situation.accounts.accounts.length > 1;
  const ctl = acts.map((act) => ctlLine(act, hasSeveral)).join('\n');
  const curl = acts.map((act) => curlLine(act, window.location.origin, signIn)).join('\n');
  return (
    <details class="lines">
      <summary>The same in a shell</summary>
      <Line name="ctl" text={ctl} />
      <Line name="curl" text={curl} />
    </details>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div class="line">
      <textarea aria-label={name} readOnly rows={3} spellcheck={false} value={text} />
      <button type="button" class="plain" onClick={() => void navigator.clipboard.writeText(text)}>
        Copy
      </button>
    </div>
  );
}
