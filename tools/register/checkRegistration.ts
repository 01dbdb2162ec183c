import { z } from 'zod';
import { askAz } from '../azure/askAz.ts';
import { CONSENT_REDIRECT, type Family, PARTNER_CENTER, type Trust, USER_IMPERSONATION } from './calls.ts';
import type { RegisterWorld } from './registerWorld.ts';
import { isSameTrust, trustsOf } from './trustIdentity.ts';

const appShape = z.object({
  displayName: z.string(),
  web: z.object({ redirectUris: z.array(z.string()) }),
  publicClient: z.object({ redirectUris: z.array(z.string()) }),
  requiredResourceAccess: z.array(
    z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string() })) }),
  ),
});

const grantsShape = z.array(z.object({ scope: z.string().nullable() }));

/** Looks whether the app registration is as the sign-in needs it, and says each thing; true where all is. @throws ToolFault */
export async function checkRegistration(
  { clientId, family, trust }: { clientId: string; family: Family; trust: Trust | null },
  { run, say }: RegisterWorld,
): Promise<boolean> {
  const ask = <Answer>(parameters: readonly string[], shape: z.ZodType<Answer>) =>
    askAz(run, { parameters: [...parameters, '--id', clientId], json: null }, shape);
  const app = await ask(['ad', 'app', 'show'], appShape);
  const trusts = await trustsOf(run, clientId);
  const grants = family === 'mpn' ? await ask(['ad', 'app', 'permission', 'list-grants'], grantsShape) : [];
  const isPermitted = app.requiredResourceAccess.some(
    ({ resourceAppId, resourceAccess }) =>
      resourceAppId === PARTNER_CENTER && resourceAccess.some(({ id }) => id === USER_IMPERSONATION),
  );
  const isConsented = grants.some(({ scope }) => scope?.split(' ').includes('user_impersonation') === true);
  const ofUser: readonly (readonly [boolean, string])[] = [
    [app.web.redirectUris.includes(CONSENT_REDIRECT), `web redirect ${CONSENT_REDIRECT}`],
    [
      !app.publicClient.redirectUris.includes(CONSENT_REDIRECT),
      'that redirect is none of "mobile and desktop"',
    ],
    [isPermitted, 'permission user_impersonation of Microsoft Partner Center'],
    [isConsented, 'admin consent for it'],
  ];
  const found: readonly (readonly [boolean, string])[] = [
    ...(family === 'mpn' ? ofUser : []),
    trust === null
      ? [trusts.length > 0, 'a federated credential (of which identity is not known here)']
      : [
          trusts.some((one) => isSameTrust(one, trust)),
          `federated credential of the identity ${trust.subject}`,
        ],
  ];
  say(`App registration ${app.displayName}, ${clientId}`);
  for (const [isThere, what] of found) {
    say(`${isThere ? '  ok      ' : '  MISSING '}${what}`);
  }
  return found.every(([isThere]) => isThere);
}
