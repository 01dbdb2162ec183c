// The operator's command: `npm run ctl -- COMMAND --url URL`; docs/ctl.md.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { operate } from './operate.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process.stdout, process.stderr, process.env);
process.exitCode = await operate(process.argv.slice(2), {
  ...terminal,
  env: process.env,
  nowMs: Date.now,
  interrupted: () => new Promise((resolve) => process.once('SIGINT', () => resolve())),
  sleep: (durationInMs) => sleep(durationInMs),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  readVersion: async () => {
    const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  },
  readFile: (path) => readFile(path, 'utf8'),
  readInput: async () => {
    const parts: Uint8Array[] = [];
    for await (const part of process.stdin) {
      parts.push(Buffer.from(part));
    }
    return Buffer.concat(parts).toString('utf8');
  },
});
terminal.end();
