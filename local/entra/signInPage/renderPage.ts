import type { User } from '../directory/directoryState.ts';
import type { AuthorizeRequest, RedirectTarget } from './authorizeRequest.ts';

/** The page on which a user is chosen and says yes or no; `problem` is why the last choice came to nothing. */
export function renderSignInPage(options: {
  readonly request: AuthorizeRequest;
  /** The request to come back with, as it was in the address. */
  readonly query: string;
  readonly users: readonly User[];
  readonly problem: string | null;
}): string {
  const { request, query, users, problem } = options;
  const choices = users.map(
    ({ userName, about }, nr) =>
      `<p><label><input type="radio" name="user" value="${escapeHtml(userName)}"${nr === 0 ? ' checked' : ''}>
      ${escapeHtml(userName)} <small>${escapeHtml(about)}</small></label></p>`,
  );
  const scopes = request.wanted.scopes.map((name) => `${request.wanted.resource}/${name}`);
  return page(
    'Sign in (local)',
    `<h1>Sign in</h1>
    ${problem === null ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
    <p>This page stands in for Microsoft Entra. <b>${escapeHtml(request.app.name)}</b> asks for
    <code>${escapeHtml(scopes.join(' '))}</code>${request.wanted.offline ? ', also while you are away' : ''}.</p>
    <form method="post">
      <input type="hidden" name="request" value="${escapeHtml(query)}">
      <fieldset><legend>Who signs in?</legend>${choices.join('\n')}</fieldset>
      <p><button name="decision" value="accept">Sign in and accept</button>
      <button name="decision" value="decline">Sign in and decline</button></p>
    </form>`,
  );
}

/** What is shown where nothing may be sent back to the app. */
export function renderRefusalPage(description: string): string {
  return page(
    'Sign-in failed (local)',
    `<h1>Sign-in failed</h1><p role="alert">${escapeHtml(description)}</p>`,
  );
}

/** A form that posts itself to the app (OAuth 2.0 Form Post Response Mode). */
export function renderFormPost({ uri }: RedirectTarget, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    'Working ...',
    `<form method="post" action="${escapeHtml(uri)}">${inputs.join('')}<noscript><button>Go on</button></noscript></form>
    <script>document.forms[0].submit()</script>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body { font: 16px/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
[role=alert] { border-left: 4px solid #b00; padding-left: 1rem } small { color: #555 }</style></head>
<body>${body}</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
