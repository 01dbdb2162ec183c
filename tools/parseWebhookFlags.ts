import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { WebhookAuthentication } from '../shared/webhooks/webhookSource.ts';

/** What is to be signed, and by what. */
export interface Signing {
  readonly authentication: WebhookAuthentication;
  readonly secret: string;
  readonly id: string | null;
  /** An instruction to be put into the sender's envelope, or the body as it is. */
  readonly payload: { readonly kind: 'data' | 'body'; readonly text: string };
}

/** What `npm run webhook` was asked for. */
export type WebhookCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'secret'; readonly by: WebhookAuthentication['type'] }
  | ({ readonly kind: 'sign' } & Signing)
  | ({ readonly kind: 'send'; readonly url: URL } & Signing);

/** What `--help` prints. */
export const webhookHelp = `Usage: npm run webhook -- secret|sign|send [flags]

  secret              makes a secret: what the sender gets, and what Key Vault gets
  sign                prints the headers and the body of a delivery
  send --url URL      sends it and prints the answer; exits 0 where it is 2xx, else 1

  --by WAY            standard (default), hmac or token
  --secret TEXT       what the sender has; better in the environment, as WEBHOOK_SECRET
  --data JSON         an instruction, e.g. '{"action":"pause","duration":"PT1H"}'
  --body TEXT|@FILE   the body as it is, instead of --data
  --id ID             the delivery's id; the same one twice is one delivery
  --header NAME       of an HMAC, e.g. X-Signature-256
  --encoding hex|base64, --prefix TEXT   of an HMAC; hex and nothing by default`;

/** Reads the flags. */
export function parseWebhookFlags(
  parameters: readonly string[],
  secretOfEnvironment: string | null,
): WebhookCommand {
  let read: ReturnType<typeof readFlags>;
  try {
    read = readFlags(parameters);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = read;
  const [name, ...more] = positionals;
  if (values.help || name === undefined) return { kind: 'help' };
  if (more.length > 0) return wrong(`There is one word too many: ${more[0]}.`);
  // A secret for an HMAC is the same whatever header its signature will stand in.
  const authentication = authenticationOf(name === 'secret' ? { header: 'x-signature', ...values } : values);
  if (authentication === null) return wrong('--by is standard, hmac (with --header) or token.');
  if (name === 'secret') return { kind: 'secret', by: authentication.type };
  if (name !== 'sign' && name !== 'send') return wrong(`There is no command ${name}.`);
  const secret = values.secret ?? secretOfEnvironment;
  if (!secret) return wrong('The secret is missing: WEBHOOK_SECRET, or --secret.');
  const payload = payloadOf(values);
  if (typeof payload === 'string') return wrong(payload);
  const signing: Signing = { authentication, secret, id: values.id ?? null, payload };
  if (name === 'sign') return { kind: 'sign', ...signing };
  const url = URL.canParse(values.url ?? '') ? new URL(values.url ?? '') : null;
  return url === null ? wrong('send wants --url.') : { kind: 'send', url, ...signing };
}

function readFlags(parameters: readonly string[]) {
  return parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      by: { type: 'string', default: 'standard' },
      url: { type: 'string' },
      secret: { type: 'string' },
      data: { type: 'string' },
      body: { type: 'string' },
      id: { type: 'string' },
      header: { type: 'string' },
      encoding: { type: 'string', default: 'hex' },
      prefix: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
}

type Values = ReturnType<typeof readFlags>['values'];

function authenticationOf({ by, header, encoding, prefix }: Values): WebhookAuthentication | null {
  switch (by) {
    case 'standard':
    case 'token':
      return { type: by };
    case 'hmac':
      return header !== undefined && (encoding === 'hex' || encoding === 'base64')
        ? { type: 'hmac', header: header.toLowerCase(), encoding, prefix }
        : null;
    default:
      return null;
  }
}

function payloadOf({ data, body }: Values): Signing['payload'] | string {
  if ((data === undefined) === (body === undefined)) return 'Give either --data or --body.';
  if (body !== undefined) {
    const text = body.startsWith('@') ? readFileSync(body.slice(1), 'utf8') : body;
    return { kind: 'body', text };
  }
  try {
    JSON.parse(data ?? '');
    return { kind: 'data', text: data ?? '' };
  } catch {
    return '--data is not JSON.';
  }
}

function wrong(message: string): WebhookCommand {
  return { kind: 'wrong', message };
}
