import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { createDice } from './dice.ts';

/**
 * Runs `work` with ids and secrets of the machine drawn from a seed, and without its clock and dice: whoever asks those
 * in place of the service's own seams makes a history that cannot be played again, and is told so.
 */
export async function onSeededMachine<Value>(seed: number, work: () => Promise<Value>): Promise<Value> {
  const { randomUUID, randomBytes } = crypto;
  const { random } = Math;
  const dateNow = Date.now;
  const dice = createDice(seed, 'machine');
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => dice.between(0, 255)));
  const forbidden = (name: string) => () => {
    throw new Error(`${name} was asked in a simulation; it has to come from a seam`);
  };
  const replace = (values: object) => {
    Object.assign(crypto, values);
    syncBuiltinESMExports();
  };
  replace({
    randomBytes: bytes,
    randomUUID: () => {
      const hex = bytes(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  });
  Math.random = forbidden('Math.random');
  Date.now = forbidden('Date.now');
  try {
    return await work();
  } finally {
    replace({ randomUUID, randomBytes });
    Math.random = random;
    Date.now = dateNow;
  }
}
