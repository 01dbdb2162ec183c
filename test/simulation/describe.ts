import { BEGIN_MS, type History, letterOf, SECOND_IN_MS } from './history.ts';
import type { Verdict } from './judge.ts';
import type { HistoryRecord } from './record.ts';
import { complaintsOf, type Failure, type Simulated } from './simulate.ts';

/** What a simulation found, for people. */
export function describeSimulated(simulated: Simulated): string {
  const { histories, firstSeed, rates, failures, failed, excused, histograms } = simulated;
  const complaints = complaintsOf(simulated);
  return [
    `${histories} histories from seed ${firstSeed}: a fault in ${percent(rates.fault)}, a kill in ${percent(rates.kill)}, a human in ${percent(rates.human)}`,
    `failed: ${bars(failed)}`,
    `could not be known: ${bars(excused)}`,
    ...Object.entries(histograms).map(([name, counts]) => `${name}: ${bars(counts)}`),
    ...failures.filter(({ without }) => without.length > 0).map(describeFailure),
    `seeds that failed: ${failures.map(({ seed }) => seed).join(' ') || 'none'}`,
    complaints.length === 0 ? 'all as it should be' : complaints.join('\n'),
  ].join('\n');
}

/** One history with all that happened, in order. */
export function describeHistory(
  history: History,
  record: HistoryRecord,
  { findings, excused }: Verdict,
): string {
  const { service, windows, requests, humans, faults, kills } = history;
  const lines = [
    ...record.acts.map((act) => ({
      atMs: act.atMs,
      line: `${act.by} ${act.does} ${letterOf(act.reportId)}: ${act.from} > ${act.to}${act.call === null ? '' : ` #${act.call}`}`,
    })),
    ...record.calls.map((call) => ({
      atMs: call.sentMs,
      line: `  ${call.process} #${call.seq} ${call.kind} ${letterOf(call.reportId ?? '')} ${call.answer}${call.answeredMs === null ? ', unheard' : ''}${
        call.kind === 'list'
          ? ` ${call.looks.map((look) => `${letterOf(look.reportId)}:${look.status}`).join(' ')}`
          : ''
      }`,
    })),
    ...record.told
      .filter(({ name }) => name !== 'RunFinished')
      .map(({ atMs, name, reportIds, text, process }) => ({
        atMs,
        line: `    ${process} ${name} ${reportIds.map(letterOf).join(' ')} ${detailOf(text)}`,
      })),
    ...record.asked.map((one) => ({
      atMs: one.atMs,
      line: `  asked ${one.asks} ${one.reportIds.map(letterOf).join(' ')}${one.isRepeat ? ' again' : ''}: ${one.status}`,
    })),
    ...record.stops.map(({ atMs, process }) => ({ atMs, line: `  ${process} stops` })),
  ].sort((a, b) => a.atMs - b.atMs);
  return [
    JSON.stringify(
      { ...history, service: undefined, windows, requests, humans, faults, kills },
      timesShown,
      1,
    ),
    JSON.stringify(service),
    ...lines.map(({ atMs, line }) => `${new Date(atMs).toISOString().slice(8, 23)} ${line}`),
    `excused: ${excused.join(' ') || 'nothing'}`,
    ...findings.map(
      (one) => `${one.aim} ${letterOf(one.reportId)} at ${new Date(one.atMs).toISOString()}: ${one.detail}`,
    ),
  ].join('\n');
}

function describeFailure({ seed, findings, without }: Failure): string {
  const [first] = findings;
  const what = first === undefined ? '' : `${first.aim} ${letterOf(first.reportId)}: ${first.detail}`;
  return `${what}\n  npm run simulate -- --replay ${seed} --without ${without.join(',')}`;
}

function bars(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function detailOf(text: string): string {
  return /"detail":"([^"]{0,90})/.exec(text)?.[1] ?? '';
}

/** Instants as times of the history. */
function timesShown(name: string, value: unknown): unknown {
  return name.endsWith('Ms') && typeof value === 'number' && value >= BEGIN_MS - SECOND_IN_MS
    ? new Date(value).toISOString()
    : value;
}
