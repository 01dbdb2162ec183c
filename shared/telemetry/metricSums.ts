import type { MetricItem } from './telemetryItem.ts';

/** Sums per metric and dimensions since they were last taken: however much is recorded, few items are sent. */
export interface MetricSums {
  readonly size: number;
  add(name: string, value: number, dimensions: Readonly<Record<string, string>>): void;
  take(): readonly MetricItem[];
  /** Adds up what could not be sent with what came meanwhile. */
  putBack(items: readonly MetricItem[]): void;
}

/** More series than this are not kept apart: further ones are left out and counted. */
const MAX_SERIES = 5_000;

/** No sums yet. `onDropped` is told of each value that found no room. */
export function createMetricSums(onDropped: () => void): MetricSums {
  let series = new Map<string, MetricItem>();
  const merge = (item: MetricItem) => {
    const key = JSON.stringify([item.name, item.dimensions]);
    const before = series.get(key);
    if (before === undefined && series.size >= MAX_SERIES) {
      onDropped();
      return;
    }
    series.set(key, before === undefined ? item : sumOf(before, item));
  };
  return {
    get size() {
      return series.size;
    },
    add: (name, value, dimensions) => {
      if (Number.isFinite(value)) {
        merge({ name, dimensions, count: 1, sum: value, min: value, max: value });
      }
    },
    take: () => {
      const taken = [...series.values()];
      series = new Map();
      return taken;
    },
    putBack: (items) => {
      for (const item of items) {
        merge(item);
      }
    },
  };
}

function sumOf(one: MetricItem, other: MetricItem): MetricItem {
  return {
    ...one,
    count: one.count + other.count,
    sum: one.sum + other.sum,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
  };
}
