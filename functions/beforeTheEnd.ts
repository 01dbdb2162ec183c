import { app } from '@azure/functions';

let last: (() => Promise<void>) | null = null;

/** What is still to be done when the host tells the process to end, within its five seconds. */
export function beforeTheEnd(work: () => Promise<void>): void {
  last = work;
}

app.hook.appTerminate(async () => {
  await last?.();
});
