// All that the functions load at their first call, as one lazy chunk of the bundle.
import { drainDoor, pauseDoor, resumeDoor, tickDoor } from '../http/changeDoors.ts';
import { healthDetailsDoor, healthDoor } from '../http/healthDoors.ts';
import { continueRunDoor, runDoor, runStatusDoor } from '../http/runDoors.ts';
import { planDoor, reportDoor, reportsDoor, windowsDoor } from '../http/tellingDoors.ts';
import { webhookDoor } from '../http/webhookDoor.ts';
import { goOnWithRun, tellPoisonedRun } from '../runs/queueDoor.ts';
import { serviceFromEnvironment } from './fromEnvironment.ts';

/** Every door by its function. */
export const doors = {
  continueRunDoor,
  drainDoor,
  goOnWithRun,
  healthDetailsDoor,
  healthDoor,
  pauseDoor,
  planDoor,
  reportDoor,
  reportsDoor,
  resumeDoor,
  runDoor,
  runStatusDoor,
  tellPoisonedRun,
  tickDoor,
  webhookDoor,
  windowsDoor,
};

export { serviceFromEnvironment };
