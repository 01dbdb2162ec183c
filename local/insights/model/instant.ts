/** The service's time format, `yyyy-MM-ddTHH:mm:ssZ`: UTC, whole seconds. Source: "Pause report executions". */
export function formatInstant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** As the emulator keeps a time that it wrote itself, whose resolution a policy sets. */
const keptFormat = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;

/** Whether it is an instant as `parseInstant` reads it, or one with milliseconds. */
export function isKeptInstant(text: string): boolean {
  return keptFormat.test(text) && !Number.isNaN(Date.parse(text));
}

const wireFormat = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Epoch milliseconds, or null for anything but the service's own format. */
export function parseInstant(text: string): number | null {
  const atMs = Date.parse(text);
  return wireFormat.test(text) && !Number.isNaN(atMs) ? atMs : null;
}
