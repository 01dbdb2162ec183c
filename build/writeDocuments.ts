// Writes what is made from tables in the code: run it after changing one of them.
import { readFile, writeFile } from 'node:fs/promises';
import { eventsMarkdown, faultsMarkdown } from './faultsDocument.ts';
import { between, settingsMarkdown, settingsSample } from './settingsDocuments.ts';

await writeFile('local.settings.sample.json', settingsSample());
await writeFile('README.md', between(await readFile('README.md', 'utf8'), 'settings', settingsMarkdown()));
await writeFile('docs/faults.md', faultsMarkdown());
await writeFile('docs/events.md', eventsMarkdown());
