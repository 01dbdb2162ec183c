// The queries of the alerts, the workbook and the runbook, checked as Application Insights would: by Microsoft's own
// parser, and against what this app sends. A name that nothing sends would be a query that never finds anything.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { eventSchema } from '../../../shared/telemetry/eventSchema.ts';
import { metricTable } from '../../../shared/telemetry/metricTable.ts';
import { type Binder, loadBinder } from './bindQuery.ts';

const folder = join(__dirname, '../../../infra/queries');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
  one.endsWith('.kql'),
);
const queries = files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const runbook = join(__dirname, '../../../docs/operations.md');
const fromRunbook = [...readFileSync(runbook, 'utf8').matchAll(/```kql\n(.*?)```/gs)].map(
  ([, text = ''], nr) => ({
    file: `${relative(process.cwd(), runbook)} query ${nr + 1}`,
    text,
  }),
);
const all = [...queries, ...fromRunbook];

const events: Readonly<Record<string, { properties: object; measurements: object }>> = eventSchema;
const metrics: Readonly<Record<string, { dimensions: object }>> = metricTable;
/** What every item of ours carries beside its own; the host writes the same into its items. */
const ALWAYS = new Set(['InvocationId']);

/** The values that a query compares the column `name` with. */
function namesIn(text: string): readonly string[] {
  const lists = [...text.matchAll(/\bname\s+in\s*\(([^)]*)\)/g)].map(([, list = '']) => list);
  const single = [...text.matchAll(/\bname\s*==\s*('[^']*')/g)].map(([, one = '']) => one);
  return [...lists, ...single].flatMap((one) => [...one.matchAll(/'([^']*)'/g)].map(([, name = '']) => name));
}

function keysIn(text: string, column: 'customDimensions' | 'customMeasurements'): readonly string[] {
  const access = new RegExp(`${column}(?:\\.(\\w+)|\\['([^']+)'\\])`, 'g');
  return [...text.matchAll(access)].map(([, dotted, quoted]) => dotted ?? quoted ?? '');
}

/** What a query says that nothing sends. */
function unknownIn(text: string): readonly string[] {
  const names = namesIn(text);
  const dimensions = new Set([...ALWAYS]);
  const measurements = new Set<string>();
  for (const name of names) {
    for (const key of Object.keys(events[name]?.properties ?? metrics[name]?.dimensions ?? {}))
      dimensions.add(key);
    for (const key of Object.keys(events[name]?.measurements ?? {})) measurements.add(key);
  }
  return [
    ...names.filter((name) => events[name] === undefined && metrics[name] === undefined),
    ...keysIn(text, 'customDimensions').filter((key) => !dimensions.has(key)),
    ...keysIn(text, 'customMeasurements').filter((key) => !measurements.has(key)),
  ];
}

describe('the queries', () => {
  let bind: Binder;
  beforeAll(() => {
    bind = loadBinder();
  });

  test('are there for each alert, the workbook and the runbook', () => {
    expect(files.filter((file) => file.startsWith('alerts/')).length).toBeGreaterThan(6);
    expect(files.filter((file) => file.startsWith('workbook/')).length).toBeGreaterThan(4);
    expect(fromRunbook.length).toBeGreaterThan(3);
  });

  test.each(all)('$file is one that Application Insights runs', ({ text }) => {
    expect(bind(text)).toEqual([]);
  });

  test.each(all)('$file asks for nothing that the app does not send', ({ text }) => {
    expect(unknownIn(text)).toEqual([]);
  });

  test('a column, an event, a property or a measurement that is not there would be seen', () => {
    expect(bind("customEvents | where nam == 'RunFinished'")).not.toEqual([]);
    expect(bind('customEvents | where timestamp > ago(1h) | project wrong')).not.toEqual([]);
    expect(unknownIn("customEvents | where name == 'RunFinishd'")).toEqual(['RunFinishd']);
    expect(
      unknownIn("customEvents | where name in ('RunFinished') | project customDimensions.stats"),
    ).toEqual(['stats']);
    expect(
      unknownIn("customEvents | where name == 'RunFinished' | project customMeasurements['durationInSec']"),
    ).toEqual(['durationInSec']);
  });
});
