// Writes what is made from tables in the code: run it after changing one of them.
import { readFile, writeFile } from 'node:fs/promises';
import { boundsMarkdown } from './boundsDocument.ts';
import { connectorDefinition, connectorProperties } from './connectorDocuments.ts';
import { eventsMarkdown, faultsMarkdown } from './faultsDocument.ts';
import { azdParameters, settingsBicep } from './infra/settings.ts';
import { between, settingsMarkdown, settingsSample } from './settingsDocuments.ts';

await writeFile('local.settings.sample.json', settingsSample());
await writeFile('README.md', between(await readFile('README.md', 'utf8'), 'settings', settingsMarkdown()));
await writeFile('docs/faults.md', faultsMarkdown());
await writeFile('docs/events.md', eventsMarkdown());
await writeFile('docs/bounds.md', boundsMarkdown());
await writeFile('infra/settings.bicep', settingsBicep());
await writeFile('infra/main.bicepparam', azdParameters(await readFile('infra/main.bicepparam', 'utf8')));
await writeFile('infra/connector/apiDefinition.swagger.json', await connectorDefinition());
await writeFile('infra/connector/apiProperties.json', connectorProperties());
