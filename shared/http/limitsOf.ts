import { impliedAccount } from '../settings/accountsOf.ts';
import type { Ready } from './doorRequest.ts';

/** What the settings let a request ask for. */
export function limitsOf({ settings, parts }: Pick<Ready, 'settings' | 'parts'>) {
  return {
    maxReports: settings.MAX_REPORTS_PER_REQUEST,
    nowMs: parts.clock.now(),
    impliedAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
  };
}
