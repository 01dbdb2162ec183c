/** `1 report`, `4 reports`. Pure. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** With a capital letter. Pure. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Names of several, of which the first few are told. Pure. */
export function listOf(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const asWords: Readonly<Record<string, string>> = {
  leftPaused: 'Left paused',
  doubtful: 'Doubtful',
  owed: 'Resume owed',
  unseen: 'Not seen',
  late: 'Late',
  notEffective: 'Pause without effect',
  tooLong: 'Paused too long',
  recreated: 'Made anew',
  paused: 'Paused',
  alreadyPaused: 'Paused already',
  foreign: 'Paused by others',
  resumed: 'Resumed',
  alreadyActive: 'Active already',
  stillHeld: 'Still held',
  inactive: 'Run out',
  notFound: 'Not found',
  forbidden: 'Forbidden',
  adopted: 'Adopted',
  skipped: 'Left as it is',
  failed: 'Failed',
  underWay: 'Under way',
  resumedByPerson: 'Resumed by a person',
  managedIdentity: 'Managed identity',
  federatedApp: 'App registration, federated',
  secureApp: 'App and user, by refresh token',
};

/** A stable name as people read it; one that is not known reads as it is written. Pure. */
export function wordsOf(name: string): string {
  return asWords[name] ?? name;
}

/** `function key, calls itself ana` as people read it: `ana (function key)`. Pure. */
export function personOf(who: string): string {
  const claimed = /^(?:function )?key(?:,| \()\s*calls itself (.+?)\)?$/.exec(who)?.[1];
  if (claimed !== undefined) {
    return `${claimed} (by key)`;
  }
  const named = /^entra:(?:user|app):\S+ \((.+)\)$/.exec(who)?.[1];
  return named ?? who;
}
