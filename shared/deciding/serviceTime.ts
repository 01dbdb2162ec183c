/**
 * Epoch milliseconds of a time as the service writes it, `yyyy-MM-ddTHH:mm:ssZ`; one without `Z` is UTC too, as
 * seen in a `cmp` example. Null where it is no such time.
 */
export function parseServiceTime(text: string | null): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/.exec(text ?? '');
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** The service writes whole seconds, so instants are compared as such. */
export function floorToSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
