import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const timerStatusSchema = z.strictObject({
  /** Start of the last scheduled run; null before the first. */
  lastMs: z.number().nullable(),
  /** When the timer is due next; a later start of the host after it means that a run was missed. */
  nextMs: z.number(),
  updatedMs: z.number(),
});

/** What outlives the process about one timer. The real host keeps the same in a blob. All epoch milliseconds. */
export type TimerStatus = z.infer<typeof timerStatusSchema>;

/** Where the status of one timer is kept. */
export interface TimerStatusStore {
  /** Null where there is none yet, or none that can be read. */
  read(): TimerStatus | null;
  write(status: TimerStatus): void;
}

/** Keeps the status in one small file, which a kill never leaves torn. */
export function createTimerStatusFile(stateDirectory: string, functionName: string): TimerStatusStore {
  const file = join(stateDirectory, `timer-${functionName}.json`);
  return {
    read: () => {
      try {
        return timerStatusSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write: (status) => {
      mkdirSync(stateDirectory, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(status));
      renameSync(`${file}.new`, file);
    },
  };
}
