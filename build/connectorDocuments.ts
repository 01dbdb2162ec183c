import { describeRoutes, openApiDocument } from '../shared/openapi/openApiDocument.ts';
import { keySecurity } from '../shared/openapi/security.ts';
import type { SwaggerSchema } from '../shared/openapi/swagger.ts';
import { routes } from '../shared/routes/routes.ts';

/** The connection says where the app is; this stands in its place until then. */
const HOST = 'NAME.azurewebsites.net';

/** `infra/connector/apiDefinition.swagger.json`: the routes that somebody calls from a flow or a logic app. */
export async function connectorDefinition(): Promise<string> {
  const described = await describeRoutes(routes);
  const told = described.filter(({ visibility }) => visibility !== 'internal');
  const { swagger, info, basePath, definitions, ...rest } = openApiDocument(told, keySecurity);
  const used = usedBy(rest.paths, definitions);
  return json({
    ...{ swagger, info, host: HOST, basePath, schemes: ['https'] },
    ...rest,
    tags: rest.tags.filter(({ name }) => told.some(({ tag }) => tag === name)),
    definitions: Object.fromEntries(Object.entries(definitions).filter(([name]) => used.has(name))),
  });
}

/** `infra/connector/apiProperties.json`: what a connection asks for, and where its calls go. */
export function connectorProperties(): string {
  return json({
    properties: {
      iconBrandColor: '#0B6A8F',
      capabilities: ['actions'],
      connectionParameters: {
        appUrl: {
          type: 'string',
          uiDefinition: {
            displayName: 'App URL',
            description: `The address of the function app, like https://${HOST}`,
            tooltip: 'The address of the function app, without a path',
            constraints: { tabIndex: 1, required: 'true' },
          },
        },
        api_key: {
          type: 'securestring',
          uiDefinition: {
            displayName: 'Function Key',
            description: 'A function key or host key of the app',
            tooltip: 'Sent as the header x-functions-key',
            constraints: { tabIndex: 2, clearText: false, required: 'true' },
          },
        },
      },
      policyTemplateInstances: [
        {
          templateId: 'dynamichosturl',
          title: 'Call the app of the connection',
          parameters: { 'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('appUrl')" },
        },
      ],
    },
  });
}

/** The names of the definitions that something refers to, by others too. */
function usedBy(from: unknown, definitions: Readonly<Record<string, SwaggerSchema>>): ReadonlySet<string> {
  const used = new Set<string>();
  const follow = (told: unknown): void => {
    for (const [, name = ''] of JSON.stringify(told).matchAll(/"#\/definitions\/(\w+)"/g)) {
      if (!used.has(name)) {
        used.add(name);
        follow(definitions[name]);
      }
    }
  };
  follow(from);
  return used;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
