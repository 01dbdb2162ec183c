import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import type { FaultQueue } from './faults/faultQueue.ts';
import type { RequestLog } from './requestLog.ts';
import type { StateFile } from './state/stateFile.ts';
import type { World } from './state/world.ts';
import type { Throttle } from './throttle.ts';

/** The parts of one running emulator. */
export interface Emulator {
  world: World;
  issuer: TokenIssuer;
  faults: FaultQueue;
  requests: RequestLog;
  throttle: Throttle;
  /** Null where the state lives in memory only. */
  stateFile: StateFile | null;
  systemNowMs(): number;
  /** How many user tokens without MFA were looked at, for `mfaEnforcedPercent`. */
  mfaCheckCount: number;
}
