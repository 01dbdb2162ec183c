import type { EventShape } from '../shared/telemetry/eventColumns.ts';
import { eventSchema } from '../shared/telemetry/eventSchema.ts';
import { type MetricShape, metricTable } from '../shared/telemetry/metricTable.ts';

/** The part of `docs/events.md` that says which columns each event has in Application Insights. */
export function eventColumns(): string {
  const events: Readonly<Record<string, EventShape>> = eventSchema;
  const intro =
    'What an event has in the table `customEvents`: its properties are in `customDimensions`, its measurements in `customMeasurements`. A property with nothing to say is left out. Beside them each has `InvocationId`, as the host writes it, and the columns that every item has: `timestamp`, `operation_Id`, `operation_ParentId`, `operation_Name`, `cloud_RoleName`, `cloud_RoleInstance`, `application_Version`.';
  const groups = new Map<string, string[]>();
  for (const [name, shape] of Object.entries(events)) {
    const rows = rowsOf(shape);
    groups.set(rows, [...(groups.get(rows) ?? []), name]);
  }
  const parts = [...groups].map(([rows, names]) => [`### ${names.join(', ')}`, '', rows].join('\n'));
  return ['## In Application Insights', intro, ...parts].join('\n\n');
}

/** The part that says which metrics there are. */
export function metricColumns(): string {
  const metrics: Readonly<Record<string, MetricShape>> = metricTable;
  const intro =
    'The table `customMetrics`. Each item sums up what was recorded since the item before it: `valueSum`, `valueCount`, `valueMin`, `valueMax`. Its dimensions are in `customDimensions`.';
  const rows = Object.entries(metrics).map(([name, { meaning, dimensions }]) => {
    const texts = Object.entries(dimensions).map(([key, says]) => `\`${key}\`: ${says}`);
    return `| \`${name}\` | ${cell(meaning)} | ${cell(texts.join(' '))} |`;
  });
  const table = ['| metric | what it means | dimensions |', '|---|---|---|', ...rows].join('\n');
  return ['## Metrics', intro, table].join('\n\n');
}

function rowsOf({ properties, measurements }: EventShape): string {
  const texts = Object.entries(properties).map(
    ([name, { type, meaning }]) => `| \`${name}\` | ${type} | ${cell(meaning)} |`,
  );
  const numbers = Object.entries(measurements).map(
    ([name, meaning]) => `| \`${name}\` | number | ${cell(meaning)} |`,
  );
  return ['| column | type | what it means |', '|---|---|---|', ...texts, ...numbers].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
