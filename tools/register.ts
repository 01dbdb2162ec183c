// `npm run register -- app | trust | check | remove`: the app registration; see docs/deploy.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { programRunner } from './azure/runProgram.ts';
import { runRegister } from './register/runRegister.ts';

process.exitCode = await runRegister(process.argv.slice(2), {
  run: programRunner(process.env),
  say: console.log,
  complain: console.error,
  sleep: (durationInMs) => sleep(durationInMs),
});
