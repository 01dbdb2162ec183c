import type { DoorCall } from '../service/serviceParts.ts';
import { tellEvent } from '../telemetry/tellEvent.ts';
import { safeText } from '../text/safeText.ts';
import type { ConsentOutcome } from './completeConsent.ts';

const MAX_NAME_LENGTH = 200;

/** Tells who consented for which account, or why it came to nothing. */
export function tellConsent(
  account: string,
  outcome: ConsentOutcome,
  { teller, correlationId, caller }: Pick<DoorCall, 'teller' | 'correlationId' | 'caller'>,
): void {
  const about = { account, correlationId, caller };
  if (!outcome.ok) {
    const { code, message: detail } = outcome.refusal;
    tellEvent(teller, 'warn', 'ConsentRefused', { ...about, code, detail });
    return;
  }
  const { user, replacedUser, reports } = outcome;
  const who = {
    user: safeText(user, MAX_NAME_LENGTH),
    replacedUser: replacedUser === null ? null : safeText(replacedUser, MAX_NAME_LENGTH),
    isMfaConfirmed: String(outcome.isMfaConfirmed),
  };
  tellEvent(teller, 'info', 'ConsentStored', { ...about, ...who }, { reports });
}
