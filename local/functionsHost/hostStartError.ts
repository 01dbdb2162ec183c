/** A fault of the app or of its place that the person at the keyboard can mend: told in one sentence, no stack. */
export class HostStartError extends Error {
  override readonly name = 'HostStartError';
}
