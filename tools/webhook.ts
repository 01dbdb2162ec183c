// `npm run webhook -- secret | sign | send`: see docs/webhooks.md.
import { parseWebhookFlags, webhookHelp } from './parseWebhookFlags.ts';
import { runWebhookCommand } from './runWebhookCommand.ts';

const { WEBHOOK_SECRET = null } = process.env;
const command = parseWebhookFlags(process.argv.slice(2), WEBHOOK_SECRET);
switch (command.kind) {
  case 'help':
    console.log(webhookHelp);
    break;
  case 'wrong':
    console.error(`${command.message}\n\n${webhookHelp}`);
    process.exitCode = 2;
    break;
  default:
    process.exitCode = await runWebhookCommand(command, {
      say: console.log,
      complain: console.error,
      nowMs: Date.now(),
    });
}
