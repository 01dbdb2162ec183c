// Loaded only where people sign in with Entra.
import {
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
} from '@azure/msal-browser';
import type { Session, SignIn } from './session.ts';

/** Where people are sent to sign in, and whoever came back from there. */
export interface EntraSignIn {
  /** Null where nobody is signed in. */
  readonly session: Session | null;
  /** Leaves the page for Entra's. */
  signIn(): Promise<void>;
}

/** Completes a sign-in that is under way, or finds whoever is signed in in this tab. */
export async function openEntra({
  authority,
  clientId,
}: Extract<SignIn, { kind: 'entra' }>): Promise<EntraSignIn> {
  const { origin, pathname } = window.location;
  const redirectUri = `${origin}${pathname}`;
  const app = await createStandardPublicClientApplication({
    auth: {
      ...{ clientId, authority, redirectUri, postLogoutRedirectUri: redirectUri },
      knownAuthorities: [new URL(authority).host],
    },
    cache: { cacheLocation: 'sessionStorage' },
    telemetry: { application: { appName: 'Intermission', appVersion: '' } },
  });
  // Entra gives an app a token for itself by its client id alone.
  const scopes = [`${clientId}/.default`];
  const returned = await app.handleRedirectPromise();
  const [account = null] = returned === null ? app.getAllAccounts() : [returned.account];
  app.setActiveAccount(account);
  return {
    session: account === null ? null : sessionOf(app, scopes),
    signIn: () => app.loginRedirect({ scopes }),
  };
}

function sessionOf(app: IPublicClientApplication, scopes: string[]): Session {
  return {
    // Without a hidden frame, which the page allows nobody: whoever must do something is sent to Entra's own page.
    proof: async () => {
      try {
        const cacheLookupPolicy = CacheLookupPolicy.AccessTokenAndRefreshToken;
        const { accessToken } = await app.acquireTokenSilent({ scopes, cacheLookupPolicy });
        return { authorization: `Bearer ${accessToken}` };
      } catch (error) {
        if (error instanceof InteractionRequiredAuthError) return null;
        throw error;
      }
    },
    signOut: () => app.logoutRedirect(),
  };
}
