import { runWebhookCommand } from '../../../tools/runWebhookCommand.ts';
import { startScriptedService } from '../../fakes/scriptedService.ts';

test('an answer reaches the terminal short, and without what would steer it', async () => {
  const service = await startScriptedService([
    (_, response) => {
      response.writeHead(200).end(`\u001b[2J\u001b]0;owned\u0007ok\u009b31m\r\nnext${'x'.repeat(100_000)}`);
    },
  ]);
  const said: string[] = [];
  try {
    const exitCode = await runWebhookCommand(
      {
        ...{ kind: 'send', url: new URL(`${service.url}/api/webhooks/a`), id: null },
        ...{ authentication: { type: 'token' }, secret: 'a-token' },
        payload: { kind: 'body', text: '{}' },
      },
      { say: (text) => said.push(text), complain: () => {}, nowMs: 0 },
    );

    expect(exitCode).toBe(0);
    expect(said.join('')).toMatch(/^200 \P{Cc}*ok\P{Cc}*next/u);
    expect(said.join('').length).toBeLessThan(5_000);
  } finally {
    await service.close();
  }
});
