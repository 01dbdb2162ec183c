import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ActDialog } from '../acting/ActDialog.tsx';
import { useSituation } from '../asking/useSituation.ts';
import { type Intent, Page } from '../pageContext.ts';
import { Zone } from '../parts/clock.tsx';
import type { Place } from '../place.ts';
import { usePlace } from '../routing.ts';
import { keySession } from '../session/keySession.ts';
import type { Session, SignIn } from '../session/session.ts';
import { AccountsView } from './AccountsView.tsx';
import { Banners } from './Banners.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { InvalidView } from './InvalidView.tsx';
import { NowView } from './NowView.tsx';
import { ReportsView } from './ReportsView.tsx';
import { ReportView } from './ReportView.tsx';
import { RunsView } from './RunsView.tsx';
import { RunView } from './RunView.tsx';
import { SignInView } from './SignInView.tsx';
import { TopBar, useZoneChoice } from './TopBar.tsx';
import { WindowsView } from './WindowsView.tsx';
import { WindowView } from './WindowView.tsx';

/** The whole page: who looks, what is seen, and where. */
export function App({ signIn }: { readonly signIn: SignIn }) {
  const [session, setSession] = useState<Session | null>(signIn.kind === 'keys' ? keySession() : null);
  const [wasRefused, setRefused] = useState(false);
  const known = useSituation(session?.proof ?? null);
  const { situation, plan, past, last, lookNow } = known;
  const [zone, setZone] = useZoneChoice();
  const [intent, setIntent] = useState<Intent | null>(null);
  const [looks, setLooks] = useState(0);
  const [acts, setActs] = useState(0);
  const place = usePlace();

  useEffect(() => {
    setLooks((before) => before + 1);
    if (last?.kind === 'signedOut') {
      setRefused(true);
      setSession(null);
      if (signIn.kind === 'keys') void session?.signOut();
    }
  }, [last]);
  const address = JSON.stringify([
    place.view,
    'name' in place ? place.name : '',
    'reportId' in place ? place.reportId : '',
    'runId' in place ? place.runId : '',
  ]);
  const shown = useRef(address);
  useEffect(() => {
    window.scrollTo(0, 0);
    // Whoever hears the page is told of another view as of another page; not of a filter, nor of the first one.
    if (shown.current !== address) focusMain();
    shown.current = address;
    document.title = `${titleOf(place)} · Intermission`;
  }, [address]);

  const page = useMemo(
    () =>
      session === null || situation === null
        ? null
        : {
            ...{ proof: session.proof, signIn: signIn.kind, situation, plan, past, looks, lookNow, acts },
            begin: setIntent,
          },
    [session, situation, plan, past, looks, lookNow, acts],
  );
  if (session === null) {
    return (
      <SignInView
        signIn={signIn}
        wasRefused={wasRefused}
        enter={(entered) => {
          setRefused(false);
          setSession(entered);
        }}
      />
    );
  }
  const leave = () => {
    setSession(null);
    void session.signOut();
  };
  return (
    <ErrorBoundary>
      <Zone.Provider value={zone}>
        <button type="button" class="skip" onClick={focusMain}>
          Skip to the content
        </button>
        <TopBar place={place} zone={zone} setZone={setZone} leave={leave} me={situation?.me ?? null} />
        <Banners known={known} />
        <main id="main" tabIndex={-1}>
          {last?.kind === 'invalid' ? (
            <InvalidView health={last.health} />
          ) : page === null ? (
            <Loading hasFailed={last !== null && last.kind !== 'seen'} />
          ) : (
            <Page.Provider value={page}>
              <View place={place} />
              {intent !== null && (
                <ActDialog
                  intent={intent}
                  close={(wasDone) => {
                    setIntent(null);
                    if (wasDone) setActs((before) => before + 1);
                  }}
                />
              )}
            </Page.Provider>
          )}
        </main>
      </Zone.Provider>
    </ErrorBoundary>
  );
}

function View({ place }: { readonly place: Place }) {
  switch (place.view) {
    case 'now':
      return <NowView />;
    case 'reports':
      return <ReportsView place={place} />;
    case 'report':
      return <ReportView key={`${place.account}/${place.reportId}`} place={place} />;
    case 'windows':
      return <WindowsView place={place} />;
    case 'window':
      return <WindowView key={place.name} name={place.name} />;
    case 'runs':
      return <RunsView place={place} />;
    case 'run':
      return <RunView key={place.runId} runId={place.runId} />;
    case 'accounts':
      return <AccountsView />;
  }
}

function Loading({ hasFailed }: { readonly hasFailed: boolean }) {
  return (
    <p class="loading" role="status">
      {hasFailed ? 'Nothing is known yet.' : 'Looking …'}
    </p>
  );
}

function titleOf(place: Place): string {
  switch (place.view) {
    case 'now':
      return 'Now';
    case 'report':
      return 'Report';
    case 'run':
      return 'Run';
    case 'window':
      return place.name;
    default:
      return `${place.view.charAt(0).toUpperCase()}${place.view.slice(1)}`;
  }
}

function focusMain(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
