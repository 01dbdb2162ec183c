import { Webhook } from 'standardwebhooks';
import { parseWebhookFlags } from '../../../tools/parseWebhookFlags.ts';
import { runWebhookCommand } from '../../../tools/runWebhookCommand.ts';
import { STANDARD_KEY, TOKEN } from './sampleSource.ts';

async function run(...parameters: readonly string[]) {
  const said: string[] = [];
  const command = parseWebhookFlags(parameters, STANDARD_KEY);
  if (command.kind === 'help' || command.kind === 'wrong') throw new Error(JSON.stringify(command));
  const say = (text: string) => void said.push(text);
  const exitCode = await runWebhookCommand(command, { say, complain: say, nowMs: Date.now() });
  return { exitCode, text: said.join('\n') };
}

describe('npm run webhook', () => {
  test('signs an instruction so that others take it for a Standard Webhook', async () => {
    const { text } = await run('sign', '--data', '{"action":"pause"}', '--id', 'msg_1');

    const [head = '', body = ''] = text.split('\n\n');
    const headers = Object.fromEntries(head.split('\n').map((line) => line.split(': ')));
    expect(new Webhook(STANDARD_KEY).verify(body, headers)).toMatchObject({ data: { action: 'pause' } });
  });

  test('shows no token when it only signs', async () => {
    const { text } = await run('sign', '--by', 'token', '--secret', TOKEN, '--body', '{}');

    expect(text).not.toContain(TOKEN);
  });

  test.each(['standard', 'hmac', 'token'])('makes a secret for %s', async (by) => {
    const { exitCode, text } = await run('secret', '--by', by);

    expect([exitCode, /for the sender: +\S{40,}\nfor Key Vault: +\S{40,}$/.test(text)]).toEqual([0, true]);
  });

  test('does not name the query of an address that does not answer', async () => {
    const address = 'http://127.0.0.1:1/api/webhooks/ops?token=abc';
    const { exitCode, text } = await run('send', '--url', address, '--body', '{}');

    expect([exitCode, text]).toEqual([1, 'There was no answer from http://127.0.0.1:1/api/webhooks/ops.']);
  });

  test.each([
    [['sign'], /--data or --body/],
    [['sign', '--data', '{'], /not JSON/],
    [['send', '--data', '{}'], /--url/],
    [['mail', '--data', '{}'], /no command mail/],
    [['sign', '--by', 'hmac', '--data', '{}'], /--by is/],
    [['sign', '--loud'], /--loud/],
  ])('says what is wrong with %j', (parameters, message) => {
    expect(parseWebhookFlags(parameters, STANDARD_KEY)).toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(message),
    });
  });
});
