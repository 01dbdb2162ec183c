import { randomUUID } from 'node:crypto';
import { plain } from '../ctl/telling/plain.ts';
import { createSecret } from '../shared/webhooks/sign.ts';
import { signDelivery } from '../shared/webhooks/signDelivery.ts';
import type { Signing, WebhookCommand } from './parseWebhookFlags.ts';

/** What the command reaches of the world. */
export interface Surroundings {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly nowMs: number;
}

const ANSWER_WITHIN_MS = 15_000;

const MAX_SHOWN = 4_000;

/** Does what was asked and gives the exit code. */
export async function runWebhookCommand(
  command: Exclude<WebhookCommand, { kind: 'help' | 'wrong' }>,
  { say, complain, nowMs }: Surroundings,
): Promise<number> {
  if (command.kind === 'secret') {
    const { forSender, forKeyVault } = createSecret(command.by);
    say(`for the sender:  ${forSender}\nfor Key Vault:   ${forKeyVault}`);
    return 0;
  }
  const body = bodyOf(command, nowMs);
  const id = command.id ?? `msg_${randomUUID()}`;
  const { authentication, secret } = command;
  const signed = signDelivery({ authentication, secret, id, nowMs, body: Buffer.from(body, 'utf8') });
  if (signed === null) {
    complain('The secret cannot be used: it is malformed or too short.');
    return 1;
  }
  const headers = { 'content-type': 'application/json', ...signed.headers };
  if (command.kind === 'sign') {
    for (const [name, value] of Object.entries(headers)) say(`${name}: ${value}`);
    for (const name of Object.keys(signed.query)) say(`(the secret goes into the URL, as ?${name}=…)`);
    say(`\n${body}`);
    return 0;
  }
  const url = new URL(command.url);
  for (const [name, value] of Object.entries(signed.query)) url.searchParams.set(name, value);
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
    say(`${answer.status} ${await readText(answer)}`);
    return answer.ok ? 0 : 1;
  } catch {
    complain(`There was no answer from ${url.origin}${url.pathname}.`);
    return 1;
  }
}

/** What a terminal may show of an answer: as much as a person reads, and nothing that moves the cursor. */
async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_SHOWN) break;
  }
  return plain(text).slice(0, MAX_SHOWN);
}

/** Standard Webhooks has an envelope of its own; other kinds send the body that the source's pointers expect. */
function bodyOf({ payload, authentication }: Signing, nowMs: number): string {
  if (payload.kind === 'body' || authentication.type !== 'standard') return payload.text;
  const data: unknown = JSON.parse(payload.text);
  return JSON.stringify({ type: 'maintenance', timestamp: new Date(nowMs).toISOString(), data });
}
