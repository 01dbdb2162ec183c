import { readFileSync } from 'node:fs';
import { z } from 'zod';

const resourceShape = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  properties: z.unknown().optional(),
});

const snapshotShape = z.object({ predictedResources: z.array(resourceShape), diagnostics: z.tuple([]) });

const assignmentShape = z.object({
  principalId: z.string(),
  principalType: z.string(),
  roleDefinitionId: z.string(),
});

const settingsShape = z.object({
  siteConfig: z.object({ appSettings: z.array(z.object({ name: z.string(), value: z.string() })) }),
});

/** The sets of parameters whose deployment is committed. */
export const PARAMETER_SETS = ['smallest', 'usual', 'private'] as const;

/** What a set of parameters deploys, as the Bicep compiler worked it out; `npm run infra:check` keeps it true. */
export function deployedBy(set: (typeof PARAMETER_SETS)[number]) {
  const text = readFileSync(`infra/snapshots/${set}.snapshot.json`, 'utf8');
  const resources = snapshotShape.parse(JSON.parse(text)).predictedResources;
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);

  /** The properties of the one resource of this type, by their shape. */
  const only = <Properties>(type: string, shape: z.ZodType<Properties>): Properties => {
    const [resource, ...others] = ofType(type);
    if (resource === undefined || others.length > 0) {
      throw new Error(`${set} deploys ${others.length + 1} of ${type}`);
    }
    return shape.parse(resource.properties);
  };

  return {
    resources,
    ofType,
    only,
    appSettings: () =>
      new Map(
        only('Microsoft.Web/sites', settingsShape).siteConfig.appSettings.map(({ name, value }) => [
          name,
          value,
        ]),
      ),
    assignments: () =>
      ofType('Microsoft.Authorization/roleAssignments').map(({ id, properties }) => {
        const { principalId, principalType, roleDefinitionId } = assignmentShape.parse(properties);
        return {
          /** The resource, from its provider on. */
          scope:
            /\/providers\/(Microsoft\..*)\/providers\/Microsoft\.Authorization\//.exec(id)?.[1] ?? 'none',
          isForApp: principalId.includes('userAssignedIdentities'),
          principalType,
          roleId: roleDefinitionId.split('/').at(-1) ?? '',
        };
      }),
  };
}
