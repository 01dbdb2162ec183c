import type { ReceivedTelemetry } from '../telemetry/receivedTelemetry.ts';
import { formatTable } from './table.ts';

/**
 * What an operator would find in Application Insights by now: how often each event came, what was called and failed. What
 * only the real host would send is marked. Pure.
 */
export function formatTelemetry(received: ReceivedTelemetry): string {
  const events = [...countBy(received.events(), ({ name }) => name)];
  const services = countBy(received.dependencies(), ({ properties }) => properties['service'] ?? 'other');
  const failed = received.dependencies().filter(({ success }) => !success);
  const requests = received.requests();
  const metrics = new Set(received.metrics().map(({ name }) => name));
  return [
    'In Application Insights (the local stand-in of its ingestion):',
    formatTable(
      ['Table', 'Items', 'What'],
      [
        ...events.map(([name, count]) => ['customEvents', String(count), name]),
        ...[...services].map(([service, count]) => ['dependencies', String(count), `calls to ${service}`]),
        ...[...countBy(failed, ({ name, resultCode }) => `of these failed: ${name} (${resultCode})`)].map(
          ([what, count]) => ['dependencies', String(count), what],
        ),
        ['customMetrics', String(received.metrics().length), [...metrics].join(', ')],
        ...[...countBy(requests, ({ name, success }) => `${name} ${success ? 'succeeded' : 'failed'}`)].map(
          ([what, count]) => [
            'requests',
            String(count),
            `${what} (by the stand-in; in Azure the host sends it)`,
          ],
        ),
        ['traces', '-', 'the lines of the log (not here; in Azure the host sends them)'],
      ],
    ),
  ].join('\n');
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return counts;
}
