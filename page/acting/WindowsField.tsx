import type { Report } from '../asking/answers.ts';
import { usePage } from '../pageContext.ts';

/** Which windows shall leave reports out: all of their account, or those that are chosen. */
export function WindowsField({
  reports,
  windows,
  setWindows,
}: {
  readonly reports: readonly Report[];
  /** Null is all. */
  readonly windows: readonly string[] | null;
  readonly setWindows: (windows: readonly string[] | null) => void;
}) {
  const { situation } = usePage();
  const accounts = new Set(reports.map(({ account }) => account));
  // A window is of one account: reports of several are left out of all of theirs.
  const names = situation.windows.windows
    .filter(({ account }) => accounts.size === 1 && accounts.has(account))
    .map(({ name }) => name);
  const toggle = (name: string) => {
    const before = windows ?? [];
    setWindows(before.includes(name) ? before.filter((one) => one !== name) : [...before, name]);
  };
  return (
    <fieldset>
      <legend>Of which windows</legend>
      <div class="chips">
        <button type="button" aria-pressed={windows === null} onClick={() => setWindows(null)}>
          All windows
        </button>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={windows?.includes(name) === true}
            onClick={() => toggle(name)}
          >
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
