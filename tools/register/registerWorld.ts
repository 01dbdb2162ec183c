import type { RunProgram } from '../azure/runProgram.ts';

/** What `npm run register` reaches of the world. */
export interface RegisterWorld {
  readonly run: RunProgram;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly sleep: (durationInMs: number) => Promise<void>;
}
