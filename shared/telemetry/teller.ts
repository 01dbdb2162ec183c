import type { Telemetry } from './telemetry.ts';

/** Where lines for operators go: one per run, one per failed report, event and problem. Never a secret in any. */
export interface Teller {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  /** Where the same goes as custom events and metrics; missing where nobody collects them. */
  readonly telemetry?: Telemetry;
}
