import { type Composed, compose } from './compose.ts';

let composed: Composed | null = null;

/**
 * The service as this process's environment describes it, made once. The environment is read at the first call and
 * not at load: a pre-warmed worker gets its own only later.
 */
export function serviceFromEnvironment(): Composed {
  composed ??= compose(process.env);
  return composed;
}
