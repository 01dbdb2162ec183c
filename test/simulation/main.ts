// `npm run simulate`: plays histories for so many seconds and tells what it found. `--seed N` begins with that one,
// `--count N` plays so many, `--seconds N` so long; `--replay N`, with `--without A,B`, plays one and tells it whole;
// `--kinds` plays what brings about each kind of mistake that was once made, `--kind N` one of them, told whole.
import { parseArgs } from 'node:util';
import { describeHistory, describeSimulated } from './describe.ts';
import { drawHistory } from './drawHistory.ts';
import { kinds } from './kinds.ts';
import { without } from './shrinkHistory.ts';
import { complaintsOf, playAndJudge, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: process.env['SIMULATION_SEED'] ?? '1' },
    seconds: { type: 'string', default: process.env['SIMULATION_SECONDS'] ?? '60' },
    count: { type: 'string', default: '1000000' },
    shrinks: { type: 'string', default: '2' },
    replay: { type: 'string' },
    kinds: { type: 'boolean', default: false },
    kind: { type: 'string' },
    history: { type: 'string', default: '0' },
    without: { type: 'string', default: '' },
  },
});

if (values.replay !== undefined) {
  const parts = values.without.split(',').filter((part) => part !== '');
  const history = without(drawHistory(Number(values.replay)), parts);
  const { record, verdict } = await playAndJudge(history);
  console.log(describeHistory(history, record, verdict));
  process.exitCode = verdict.findings.length > 0 ? 1 : 0;
} else if (values.kind !== undefined) {
  const history = kinds.find(({ number }) => number === Number(values.kind))?.histories[
    Number(values.history)
  ];
  if (history === undefined) throw new Error('there is no such kind, or no such history of it');
  const { record, verdict } = await playAndJudge(history);
  console.log(describeHistory(history, record, verdict));
} else if (values.kinds) {
  for (const { number, title, histories } of kinds) {
    const found: string[] = [];
    for (const [at, history] of histories.entries()) {
      const { verdict } = await playAndJudge(history);
      const aims = new Set(verdict.findings.map(({ aim }) => aim));
      if (aims.size > 0) found.push(`${at}: ${[...aims].join(' ')}`);
    }
    console.log(`${number} ${title}: ${found.length} of ${histories.length}; ${found.join(', ')}`);
    if (found.length > 0) process.exitCode = 1;
  }
} else {
  const simulated = await simulate({
    firstSeed: Number(values.seed),
    budgetInMs: Number(values.seconds) * 1_000,
    maxHistories: Number(values.count),
    shrinksPerAim: Number(values.shrinks),
    triesPerShrink: 60,
  });
  console.log(describeSimulated(simulated));
  process.exitCode = complaintsOf(simulated).length > 0 ? 1 : 0;
}
