import { useEffect, useState } from 'preact/hooks';
import type { EntraSignIn } from '../session/entraSession.ts';
import { enterKey, lastName } from '../session/keySession.ts';
import type { Session, SignIn } from '../session/session.ts';

/** Who comes in: by a key, or by Entra. */
export function SignInView({
  signIn,
  wasRefused,
  enter,
}: {
  readonly signIn: SignIn;
  readonly wasRefused: boolean;
  readonly enter: (session: Session) => void;
}) {
  return (
    <main class="center">
      <div class="sign-in">
        <span class="mark large" aria-hidden="true" />
        <h1>Intermission</h1>
        <p class="quiet-text">
          Pauses Partner Center reports for maintenance, and brings back exactly those.
        </p>
        {signIn.kind === 'keys' ? (
          <KeyForm wasRefused={wasRefused} enter={enter} />
        ) : (
          <EntraForm signIn={signIn} wasRefused={wasRefused} enter={enter} />
        )}
      </div>
    </main>
  );
}

function KeyForm({
  wasRefused,
  enter,
}: {
  readonly wasRefused: boolean;
  readonly enter: (session: Session) => void;
}) {
  const [key, setKey] = useState('');
  const [name, setName] = useState(lastName());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') enter(enterKey(key.trim(), name));
      }}
    >
      <label>
        Function key
        <input
          type="password"
          name="key"
          required
          autocomplete="off"
          spellcheck={false}
          aria-describedby="key-note"
          aria-invalid={wasRefused}
          value={key}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
      </label>
      {wasRefused && (
        <p class="fault" role="alert">
          The app does not take this key.
        </p>
      )}
      <label>
        Your name <span class="optional">optional</span>
        <input
          name="name"
          autocomplete="name"
          maxLength={80}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Open
      </button>
      <p id="key-note" class="quiet-text">
        The key stays in this tab and goes to this app alone. The name is shown beside what you do.
      </p>
    </form>
  );
}

function EntraForm({
  signIn,
  wasRefused,
  enter,
}: {
  readonly signIn: Extract<SignIn, { kind: 'entra' }>;
  readonly wasRefused: boolean;
  readonly enter: (session: Session) => void;
}) {
  const [entra, setEntra] = useState<EntraSignIn | 'failed' | null>(null);
  useEffect(() => {
    const open = async () => {
      try {
        const { openEntra } = await import('../session/entraSession.ts');
        const opened = await openEntra(signIn);
        setEntra(opened);
        if (opened.session !== null && !wasRefused) enter(opened.session);
      } catch {
        setEntra('failed');
      }
    };
    void open();
  }, []);
  if (entra === 'failed') {
    return (
      <p class="fault" role="alert">
        The sign-in of Entra did not work. Check the app registration (docs/callers.md), then load the page
        again.
      </p>
    );
  }
  return (
    <>
      {wasRefused && (
        <p class="fault" role="alert">
          You are not signed in any more, or the app does not take your sign-in.
        </p>
      )}
      <button type="button" class="primary" disabled={entra === null} onClick={() => void entra?.signIn()}>
        {entra === null ? 'Looking who you are …' : 'Sign in'}
      </button>
    </>
  );
}
