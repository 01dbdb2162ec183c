import { z } from 'zod';
import type { ConsentCodes } from './completeConsent.ts';

/** RFC 7636, 4.1. */
const verifier = z.string().regex(/^[\w.~-]{43,128}$/, 'must be a PKCE verifier of 43 to 128 characters');

const loopback = z
  .string()
  .max(300)
  .pipe(
    z.url({
      protocol: /^http$/,
      hostname: /^localhost$/,
      error: 'must be an address like http://localhost:8400/consent',
    }),
  );

/** The body of `POST /api/accounts/{account}/consent`. */
export const consentRequestSchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[\x21-\x7e]{1,8000}$/, 'must be the code of a sign-in')
      .meta({ title: 'Code', description: 'What Entra sent back after the sign-in in the browser.' }),
    codeVerifier: verifier.meta({ title: 'Code Verifier', description: 'What the challenge was made of.' }),
    redirectUri: loopback.meta({ title: 'Redirect URI', description: 'Where Entra sent it.' }),
  })
  .readonly() satisfies z.ZodType<ConsentCodes>;
