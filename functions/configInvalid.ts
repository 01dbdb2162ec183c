import type { Composed } from '../shared/http/composed.ts';

/** One line that names every setting that cannot be used, and no value. */
export function configInvalid({ problems }: Extract<Composed, { ok: false }>): string {
  return `config_invalid: ${problems.map(({ name, message }) => `${name} ${message}`).join('; ')}`;
}
