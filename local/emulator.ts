// `npm run emulator`: the Insights API emulator by itself.
import { type Flags, parseFlags, usage } from './insights/parseFlags.ts';
import { startInsightsEmulator } from './insights/startInsightsEmulator.ts';
import { createTokenIssuer } from './tokens/tokenIssuer.ts';

const flags = parseFlags(process.argv.slice(2));
if (flags.kind === 'help') {
  console.log(usage);
} else if (flags.kind === 'wrong') {
  refuse([...flags.problems, usage]);
} else {
  await serve(flags);
}

async function serve({ kind, ...options }: Extract<Flags, { kind: 'run' }>): Promise<void> {
  try {
    const emulator = await startInsightsEmulator({ ...options, issuer: await createTokenIssuer() });
    const stop = () => void emulator.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    // Told only now: who reads the address may stop us in the same instant.
    console.log(welcome(emulator.url));
  } catch (error) {
    refuse([error instanceof Error ? error.message : String(error)]);
  }
}

function refuse(lines: readonly string[]): void {
  console.error(lines.join('\n'));
  process.exitCode = 2;
}

function welcome(url: string): string {
  const reportUrl = `${url}/insights/v1/mpn/ScheduledReport`;
  return `Insights API emulator at ${url}

Get a token, then pause a report:
  TOKEN=$(curl -s -X POST ${url}/_admin/token -d '{"kind":"user","mfa":true}' | sed -n 's/.*"token": "\\(.*\\)".*/\\1/p')
  curl -s -X PUT ${reportUrl}/pause/a0000000-0000-4000-8000-000000000001 -H "Authorization: Bearer $TOKEN"
`;
}
