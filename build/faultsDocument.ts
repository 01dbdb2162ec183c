import { eventTable } from '../shared/faults/eventTable.ts';
import type { FaultEntry } from '../shared/faults/faultEntry.ts';
import { faultTable } from '../shared/faults/faultTable.ts';
import { eventColumns, metricColumns } from './telemetryDocument.ts';

const MADE = 'Made by `npm run documents`.';

/** `docs/faults.md`, as the fault table makes it. */
export function faultsMarkdown(): string {
  const parts = faultTable.map(({ title, where, entries }) =>
    [`## ${title}`, '', where, '', table('code', entries)].join('\n'),
  );
  const intro = `Every code is stable: search for it, alert on it. ${MADE}`;
  return `${['# Codes', intro, ...parts].join('\n\n')}\n`;
}

/** `docs/events.md`, as the event table makes it. */
export function eventsMarkdown(): string {
  const intro = `The names under which things are told, in the log as JSON lines, in Application Insights as custom events, and in the \`events\` of a run. Every name is stable. ${MADE}`;
  const parts = [table('event', eventTable), eventColumns(), metricColumns()];
  return `${['# Events', intro, ...parts].join('\n\n')}\n`;
}

function table(head: string, entries: Readonly<Record<string, FaultEntry>>): string {
  const rows = Object.entries(entries).map(
    ([name, { meaning, remedy }]) => `| \`${name}\` | ${cell(meaning)} | ${cell(remedy)} |`,
  );
  return [`| ${head} | what it means | what to do |`, '|---|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
