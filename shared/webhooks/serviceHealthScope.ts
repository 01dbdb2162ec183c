import { z } from 'zod';
import { readJsonText } from '../wire/readJson.ts';
import { isEverywhere, regionKey } from './azureRegions.ts';
import type { AzureMonitorFormat } from './webhookSource.ts';

/** `impactedServices` is JSON within a text. */
const impactedSchema = z.array(
  z.object({
    ServiceName: z.string(),
    ImpactedRegions: z
      .array(z.object({ RegionName: z.string() }))
      .nullish()
      .transform((regions) => regions ?? []),
  }),
);

/** More text than all regions of Azure together. */
const MAX_REGIONS_LENGTH = 10_000;

interface Impact {
  readonly service: string;
  readonly regions: readonly string[];
}

/**
 * Tells whether a maintenance touches a service and a region that the source names; one that names none takes all, and so
 * does a maintenance that names none. What cannot be read is judged by the plain `service` and `region`.
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
      (services.length === 0 || impact.service === '' || services.includes(impact.service)) &&
      (regions.length === 0 ||
        impact.regions.length === 0 ||
        impact.regions.some((region) => isEverywhere(region) || regions.includes(region))),
  );
}

function impactsOf(properties: Parameters<typeof isInScope>[0]): readonly Impact[] {
  const listed = impactedSchema.safeParse(parseJson(properties.impactedServices));
  if (listed.success && listed.data.length > 0) {
    return listed.data.map(({ ServiceName, ImpactedRegions }) => ({
      service: ServiceName.trim().toLowerCase(),
      regions: regionsOf(ImpactedRegions.map(({ RegionName }) => RegionName)),
    }));
  }
  const regions = regionsOf((properties.region ?? '').slice(0, MAX_REGIONS_LENGTH).split(/[,;]/));
  return [{ service: (properties.service ?? '').trim().toLowerCase(), regions }];
}

function regionsOf(names: readonly string[]): readonly string[] {
  return names.map(regionKey).filter((region) => region !== '');
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = readJsonText(value);
  return json.kind === 'read' ? json.value : undefined;
}
