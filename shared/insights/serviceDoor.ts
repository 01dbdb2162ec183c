import type { Account } from '../model/account.ts';
import type { TokenSource } from '../signIn/tokenSource.ts';
import type { Clock } from '../time/clock.ts';
import type { AccountGate } from './accountGate.ts';
import type { CallWatch } from './callWatch.ts';
import type { ClientLimits } from './clientLimits.ts';
import type { Transport } from './exchange.ts';

/** What every call of one account needs. */
export interface ServiceDoor {
  readonly account: Account;
  /** The account's base URL, with a slash at its end. */
  readonly base: URL;
  readonly tokens: TokenSource;
  readonly gate: AccountGate;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
  readonly transport: Transport;
  /** Told of every request; left out where nobody wants to know. */
  readonly watch?: CallWatch;
}
