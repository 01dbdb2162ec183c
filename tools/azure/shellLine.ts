import type { AzCall } from './askAz.ts';

/** A call as a line for a POSIX shell, JSON and all. A parameter that begins with `$` is a variable of that shell. Pure. */
export function shellLine({ parameters, json }: AzCall): string {
  const all = json === null ? parameters : [...parameters, json.option, JSON.stringify(json.value)];
  return ['az', ...all.map(word)].join(' ');
}

function word(text: string): string {
  if (text.startsWith('$')) {
    return `"${text}"`;
  }
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
