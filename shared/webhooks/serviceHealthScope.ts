import { z } from 'zod';
import type { AzureMonitorFormat } from './webhookSource.ts';

/** `impactedServices` is JSON within a text. */
const impactedSchema = z.array(
  z.object({
    ServiceName: z.string(),
    ImpactedRegions: z.array(z.object({ RegionName: z.string() })).default([]),
  }),
);

interface Impact {
  readonly service: string;
  readonly regions: readonly string[];
}

/**
 * Tells whether a maintenance touches a service and a region that the source names; one that names none takes all.
 * What cannot be read is judged by the plain `service` and `region`.
 */
export function isInScope(
  properties: {
    readonly service?: string | null | undefined;
    readonly region?: string | null | undefined;
    readonly impactedServices?: unknown;
  },
  { services, regions }: AzureMonitorFormat,
): boolean {
  return impactsOf(properties).some(
    (impact) =>
      (services.length === 0 || services.includes(impact.service)) &&
      (regions.length === 0 || impact.regions.some((name) => name === 'global' || regions.includes(name))),
  );
}

function impactsOf(properties: Parameters<typeof isInScope>[0]): readonly Impact[] {
  const listed = impactedSchema.safeParse(parseJson(properties.impactedServices));
  if (listed.success && listed.data.length > 0) {
    return listed.data.map(({ ServiceName, ImpactedRegions }) => ({
      service: ServiceName.toLowerCase(),
      regions: ImpactedRegions.map(({ RegionName }) => RegionName.toLowerCase()),
    }));
  }
  const named = (properties.region ?? '').split(/[,;]/).map((name) => name.trim().toLowerCase());
  return [{ service: (properties.service ?? '').toLowerCase(), regions: named }];
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
