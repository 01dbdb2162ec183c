import type { CallerSettings } from '../settings/callerSettings.ts';
import type { BuiltPage } from './builtPage.ts';

/** How whoever opens the page proves who they are; nothing of it is secret. */
export type PageSignIn =
  | { readonly kind: 'keys' }
  | { readonly kind: 'entra'; readonly authority: string; readonly clientId: string };

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * How the page signs its user in. Entra gives an app a token for itself by its client id alone (else AADSTS90009), so that one
 * is taken of all audiences. Pure.
 */
export function signInOf(callers: CallerSettings | null): PageSignIn {
  if (callers?.kind !== 'entra') {
    return { kind: 'keys' };
  }
  const { authorityHost, tenantId, audiences } = callers;
  const clientId = audiences.map((one) => one.replace(/^api:\/\//, '')).find((one) => GUID.test(one));
  return {
    kind: 'entra',
    authority: `${authorityHost.replace(/\/+$/, '')}/${tenantId}`,
    clientId: clientId ?? '',
  };
}

/** The shell of the page: no data, no script and no style within it. Pure. */
export function shellHtml({ script, style, icon }: BuiltPage, base: string, signIn: PageSignIn): string {
  const entra =
    signIn.kind === 'entra'
      ? ` data-authority="${written(signIn.authority)}" data-client="${written(signIn.clientId)}"`
      : '';
  const at = written(base);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Intermission</title>
<link rel="icon" type="image/svg+xml" href="${at}/${written(icon)}">
<link rel="stylesheet" href="${at}/${written(style)}">
<script type="module" src="${at}/${written(script)}"></script>
</head>
<body data-sign-in="${signIn.kind}"${entra}>
<noscript>This page needs JavaScript. The same is told by the command: npm run ctl -- status.</noscript>
</body>
</html>
`;
}

function written(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
