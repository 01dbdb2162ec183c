import { setImmediate } from 'node:timers/promises';
import type { GiveWay } from './steps.ts';

/** Of Node's event loop: timers, sockets and other requests go first. */
export const giveWay: GiveWay = () => setImmediate();
