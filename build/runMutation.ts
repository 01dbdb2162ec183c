// Mutation testing part by part: `npm run test:mutation`, or `npm run test:mutation -- ownership` for the parts that are named.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** In the order of what a fault there would cost. */
const PARTS = ['ownership', 'deciding', 'insights', 'webhooks', 'callers', 'windows', 'ledger'];

const { positionals } = parseArgs({ allowPositionals: true });
const parts = positionals.length > 0 ? positionals : PARTS;
const failed = parts.filter((part) => {
  console.log(`\n${part}`);
  const { status } = spawnSync('stryker', ['run', `test/mutation/${part}.config.js`], { stdio: 'inherit' });
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
