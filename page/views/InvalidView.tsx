import type { Health } from '../asking/answers.ts';

/** Where the settings are invalid, the app tells which, and does nothing else. */
export function InvalidView({ health }: { readonly health: Health }) {
  return (
    <>
      <h1 class="sentence bad">The settings are invalid: nothing is done until they are right.</h1>
      <ul class="troubles">
        {health.problems.map(({ name, message }) => (
          <li class="trouble" key={`${name ?? ''} ${message}`}>
            <h2>{name ?? 'A setting'}</h2>
            <p>{message}</p>
          </li>
        ))}
      </ul>
      <p class="quiet-text">
        Correct them in the app settings, then restart the app. docs/faults.md has each code.
      </p>
    </>
  );
}
