// Runs in a process of its own, because Node reads NODE_EXTRA_CA_CERTS only at its start.
import type { z } from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { answer as answerHealthDetails } from '../../shared/routes/healthDetails.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { sentSignInCallSchema, type signInCallSchema } from './signInCalls.ts';

let movedInMs = 0;
const clock = { now: () => Date.now() + movedInMs, sleep: systemClock.sleep };
const instances = new Map<string, ReturnType<typeof compose>>();

function instanceOf(name: string) {
  const composed = instances.get(name);
  if (composed?.ok !== true) {
    throw new Error(`no instance ${name}: ${JSON.stringify(composed)}`);
  }
  return composed;
}

async function perform(call: z.output<typeof signInCallSchema>): Promise<unknown> {
  switch (call.do) {
    case 'compose': {
      const composed = compose(call.environment, { clock, random: () => 0.5 });
      instances.set(call.instance, composed);
      return composed.ok ? [] : composed.problems;
    }
    case 'token': {
      const runtime = instanceOf(call.instance).parts.accounts.find(
        ({ account }) => account.name === call.account,
      );
      const signal = new AbortController().signal;
      const asked = Array.from({ length: call.times }, () =>
        runtime?.signIn.tokens.getToken({ forceRefresh: call.force, signal }),
      );
      const answers = await Promise.all(asked);
      return { distinct: new Set(answers.map((one) => JSON.stringify(one))).size, answer: answers[0] };
    }
    case 'tick': {
      const lines: string[] = [];
      const tell = (line: string) => {
        lines.push(line);
        console.log(line);
      };
      const teller = { info: tell, warn: tell, error: tell };
      const run = await instanceOf(call.instance).service.tickByHand({
        ...{ correlationId: 'c0ffee00-0000-4000-8000-000000000001', caller: 'timer', teller, runId: null },
      });
      return { run, lines };
    }
    case 'health': {
      const url = new URL(`http://localhost/api/health/details?${call.query}`);
      const answer = await answerHealthDetails(instanceOf(call.instance), { url, header: () => null });
      console.log(JSON.stringify(answer));
      return answer;
    }
    case 'moveClock':
      movedInMs += call.byInMs;
      return null;
  }
}

process.on('message', (raw) => {
  const { id, call } = sentSignInCallSchema.parse(raw);
  perform(call).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ id: 0 });
