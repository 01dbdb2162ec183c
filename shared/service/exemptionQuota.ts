import type { Exemption } from '../model/exemption.ts';
import type { QuotaRefusal } from './holdQuota.ts';

// Each is read with its account at every tick. At 100 ids and 50 windows, what an account may have is 2 MB at the very most.
export const MAX_EXEMPTIONS_OF_ACCOUNT = 200;
export const MAX_EXEMPTIONS_OF_CALLER = 100;

/** Whether one more exemption stays within the quotas; null where it does. What is over counts as long as it is kept. Pure. */
export function refuseExemption(
  all: readonly Exemption[],
  { id, caller }: Pick<Exemption, 'id' | 'caller'>,
): QuotaRefusal | null {
  const others = all.filter((one) => one.id !== id);
  const ofCaller = others.filter((one) => one.caller === caller).length;
  const refusal = (what: string): QuotaRefusal => ({
    code: 'too_many_exemptions',
    message: `${what}, those included that ended within a day; nothing was done. Leave several reports out by one: by a list of ids, or a pattern.`,
  });
  if (ofCaller >= MAX_EXEMPTIONS_OF_CALLER) {
    return refusal(
      `You have ${ofCaller} exemptions on this account, and may have ${MAX_EXEMPTIONS_OF_CALLER}`,
    );
  }
  return others.length >= MAX_EXEMPTIONS_OF_ACCOUNT
    ? refusal(`The account has ${others.length} exemptions, and may have ${MAX_EXEMPTIONS_OF_ACCOUNT}`)
    : null;
}
