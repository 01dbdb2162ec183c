import { CommandError } from '../../ctl/commandError.ts';
import { type Given, openConsentDoors, type Terms } from './askApp.ts';
import { codeOf, openListener, type RedirectListener } from './openListener.ts';
import type { ConsentCommand } from './parseConsentFlags.ts';
import { createSignInProof, type SignInProof } from './pkce.ts';
import { isAnswerTo, readRedirect } from './readRedirect.ts';

type Run = Extract<ConsentCommand, { kind: 'run' }>;

/** What the command reaches of the world. */
export interface ConsentWorld {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly openBrowser: (url: string) => void;
}

interface Ending {
  readonly exitCode: number;
  readonly message: string;
}

/** Lets the user sign in and hands the sign-in to the app; gives the exit code. Nothing secret is printed. */
export async function runConsent(command: Run, world: ConsentWorld): Promise<number> {
  const proof = createSignInProof();
  const opened = await listenOn(command.port, proof);
  if ('exitCode' in opened) {
    world.complain(opened.message);
    return opened.exitCode;
  }
  try {
    const { exitCode, message } = await consent(command, { listener: opened, proof }, world);
    opened.tellBrowser({ isDone: exitCode === 0, message });
    (exitCode === 0 ? world.say : world.complain)(message);
    return exitCode;
  } finally {
    await opened.close();
  }
}

async function listenOn(port: number, { state }: SignInProof): Promise<RedirectListener | Ending> {
  try {
    return await openListener(port, (query) => isAnswerTo(query, state));
  } catch (error) {
    return {
      exitCode: 1,
      message: `Port ${port} cannot be listened on (${codeOf(error)}): end what uses it, or take another --port that is registered.`,
    };
  }
}

async function consent(
  command: Run,
  { listener, proof }: { readonly listener: RedirectListener; readonly proof: SignInProof },
  world: ConsentWorld,
): Promise<Ending> {
  const { account, authority, connection, waitInMs } = command;
  const doors = openConsentDoors(connection, { account, authority }, Date.now);
  const { redirectUri } = listener;
  try {
    const terms = await doors.terms();
    if (!terms.ok) {
      return terms;
    }
    const url = authorizeUrlOf(terms.value, proof, redirectUri);
    world.say(invitation(account, terms.value, url));
    world.openBrowser(url);
    const query = await within(waitInMs, listener.redirected);
    if (query === null) {
      return { exitCode: 1, message: noSignIn(waitInMs, redirectUri) };
    }
    const redirected = readRedirect(query);
    if (redirected.kind === 'refused') {
      return { exitCode: 1, message: redirected.message };
    }
    world.say(
      'Signed in. The app redeems the sign-in, asks Partner Center, and stores the refresh token ...',
    );
    const { code } = redirected;
    const given = await doors.complete({ code, codeVerifier: proof.codeVerifier, redirectUri });
    return given.ok ? { exitCode: 0, message: thanks(account, given.value) } : given;
  } catch (error) {
    if (error instanceof CommandError) {
      return error;
    }
    throw error;
  }
}

/** Source: Microsoft Learn, "OAuth 2.0 authorization code flow"; the choice is asked for, as an admin is often signed in. */
function authorizeUrlOf(terms: Terms, proof: SignInProof, redirectUri: string): string {
  const url = new URL(terms.authorizeUrl);
  url.search = new URLSearchParams({
    ...{ client_id: terms.clientId, response_type: 'code', redirect_uri: redirectUri },
    ...{ response_mode: 'query', scope: terms.scope, state: proof.state, prompt: 'select_account' },
    ...{ code_challenge: proof.codeChallenge, code_challenge_method: 'S256' },
  }).toString();
  return url.href;
}

function invitation(account: string, { tenantId, clientId }: Terms, url: string): string {
  return `Account ${account}: sign in as its Insights user (tenant ${tenantId}), with MFA, and accept the app ${clientId}.
Open this address, if no browser opened it:

${url}
`;
}

function noSignIn(waitInMs: number, redirectUri: string): string {
  return `Nobody signed in within ${waitInMs / 60_000} minutes, so nothing was changed. If the browser showed an error of Entra: AADSTS50011 means that ${redirectUri} is no web redirect of the app registration; AADSTS50020 that the user is of another tenant.`;
}

function thanks(
  account: string,
  { user, replacedUser, reports, isMfaConfirmed, isMfaInToken }: Given,
): string {
  const ofToken = isMfaInToken ? 'the token does' : 'and neither does the token';
  const seen = `Partner Center shows ${reports} ${reports === 1 ? 'report' : 'reports'}`;
  const mfa = isMfaConfirmed ? ' and confirms the MFA' : `; it says nothing of the MFA, ${ofToken}`;
  const instead = replacedUser === null || replacedUser === user ? '' : ` instead of as ${replacedUser}`;
  return `Done: account ${account} signs in as ${user}${instead}. ${seen}${mfa}. The refresh token is in Key Vault.`;
}

/** What the promise gives, or null where it does not come in time. */
async function within<Value>(limitInMs: number, promise: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitInMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
