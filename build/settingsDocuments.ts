import { MAX_BODY_IN_BYTES } from '../shared/http/parseBody.ts';
import { settingsTable } from '../shared/settings/settingsTable.ts';

/**
 * How long a body the host reads, `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`: twice what the app takes, so that whoever sends a
 * little too much is told so by the app, and whoever sends a hundred times as much gets no further than the host.
 */
export const HOST_BODY_LIMIT_IN_BYTES = 2 * MAX_BODY_IN_BYTES;

/** `local.settings.sample.json`, as the settings table makes it. */
export function settingsSample(): string {
  const fromTable = Object.entries(settingsTable).flatMap(([name, { sample }]) =>
    sample === null ? [] : [[name, sample]],
  );
  const ofHost = {
    FUNCTIONS_WORKER_RUNTIME: 'node',
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(HOST_BODY_LIMIT_IN_BYTES),
  };
  const values = { ...ofHost, ...Object.fromEntries(fromTable) };
  return `${JSON.stringify({ IsEncrypted: false, Values: values }, null, 2)}\n`;
}

/** The README's table of settings. */
export function settingsMarkdown(): string {
  const rows = Object.entries(settingsTable).map(
    ([name, { meaning, shownDefault }]) => `| \`${name}\` | ${meaning} | ${shownDefault ?? ''} |`,
  );
  return ['| setting | meaning | default |', '|---|---|---|', ...rows, ''].join('\n');
}

/** Puts generated text between its two markers in a document. @throws where a marker is missing. */
export function between(document: string, marker: string, text: string): string {
  const begin = `<!-- ${marker}: made by "npm run documents" -->\n`;
  const end = `<!-- end of ${marker} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`the document lacks the markers of ${marker}`);
  }
  return document.slice(0, from + begin.length) + text + document.slice(to);
}
