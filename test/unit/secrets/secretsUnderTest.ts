import { createSecretReader } from '../../../shared/secrets/createSecretReader.ts';
import { defaultSecretLimits } from '../../../shared/secrets/secretLimits.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';

export const MINUTE_IN_MS = 60_000;
export const HOUR_IN_MS = 60 * MINUTE_IN_MS;

/** An error as the SDK throws it for an answer of the vault. */
export function restError(
  statusCode: number,
  headers: Readonly<Record<string, string>> = {},
  details?: unknown,
) {
  return Object.assign(new Error('quotes what the vault said: do-not-show-this'), {
    ...{ name: 'RestError', statusCode, details },
    response: { status: statusCode, headers: new Headers(headers) },
  });
}

/** What a test moves by hand. */
interface ScriptedVault {
  value: string;
  version: string;
  /** Thrown by each read while it is there. */
  error: unknown;
  /** Whether reads never end. */
  isHanging: boolean;
  readonly reads: string[];
}

/** A reader before a vault that a test scripts: the value it holds, and how it fails. */
export function secretsUnderTest(options: { readonly seed?: number } = {}) {
  const clock = createFakeClock();
  const vault: ScriptedVault = {
    value: 'first-value',
    version: 'version-1',
    error: null,
    isHanging: false,
    reads: [],
  };
  const reader = createSecretReader({
    fetchSecret: async (name) => {
      vault.reads.push(name);
      if (vault.isHanging) {
        return new Promise(() => {});
      }
      if (vault.error !== null) {
        throw vault.error;
      }
      const facts = { createdAtMs: null, expiresAtMs: null, tags: {} };
      return { value: vault.value, version: vault.version, facts };
    },
    clock,
    random: seededRandom(options.seed ?? 1),
    limits: defaultSecretLimits,
  });
  return {
    clock,
    vault,
    reader,
    rotate: () => Object.assign(vault, { value: 'second-value', version: 'version-2' }),
    /** The reader's answer, with a minute let pass meanwhile; fails where that is not enough. */
    async settled<Answer>(answering: Promise<Answer>): Promise<Answer> {
      const missing = Symbol('no answer within a minute');
      for (let step = 0; step < 600; step += 1) {
        const answer = await Promise.race([answering, clock.advance(100).then(() => missing)]);
        if (typeof answer !== 'symbol') {
          return answer;
        }
      }
      throw new Error(missing.description);
    },
  };
}
