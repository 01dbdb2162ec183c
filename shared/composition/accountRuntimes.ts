import { defaultClientLimits } from '../insights/clientLimits.ts';
import { defaultSecretLimits } from '../secrets/secretLimits.ts';
import { fetchFromVault, openVault } from '../secrets/secretVault.ts';
import { createSecretWriter } from '../secrets/secretWriter.ts';
import { type AccountRuntime, createAccountRuntime } from '../service/accountRuntime.ts';
import { accountsOf } from '../settings/accountsOf.ts';
import type { Settings } from '../settings/readSettings.ts';
import { createAccountSignIn, type SignInParts } from '../signIn/accountSignIn.ts';
import type { OpenIdentity } from '../signIn/managedIdentity.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { watchEntraCalls } from '../telemetry/watchEntraCalls.ts';
import { watchInsightsCalls } from '../telemetry/watchInsightsCalls.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { Outside } from './outside.ts';

/** Every account of the settings with its sign-in and its client. Nothing is called yet. */
export function accountRuntimesOf(options: {
  readonly settings: Settings;
  readonly credential: OpenIdentity;
  readonly clock: Clock;
  readonly random: () => number;
  readonly telemetry: Telemetry;
  readonly outside?: Outside;
}): readonly AccountRuntime[] {
  const { settings, clock, random, telemetry, outside } = options;
  const { fetchToken, transport } = outside ?? {};
  const signInParts = signInPartsOf(options);
  const limits = { ...defaultClientLimits, attemptInMs: settings.ATTEMPT_TIMEOUT_SECONDS * 1000 };
  const allowedHosts = settings.EXTRA_API_HOSTS;
  return accountsOf(settings).map((account) => {
    const signIn = createAccountSignIn(account, signInParts, fetchToken);
    const watch = watchInsightsCalls(telemetry, account.name);
    return createAccountRuntime({
      ...{ account, signIn, clock, random, limits, allowedHosts, watch },
      ...(transport && { transport }),
    });
  });
}

/** One vault for all accounts. What bounds a call to it is real time, whatever clock the service goes by. */
function signInPartsOf({
  settings: { KEY_VAULT_URL },
  credential,
  clock,
  random,
  telemetry,
}: Parameters<typeof accountRuntimesOf>[0]): SignInParts {
  const vault =
    KEY_VAULT_URL === null
      ? () => Promise.reject(new Error('KEY_VAULT_URL is missing'))
      : openVault(KEY_VAULT_URL, credential);
  return {
    credential,
    clock,
    watch: watchEntraCalls(telemetry),
    vault: {
      fetchSecret: fetchFromVault(vault),
      writer: createSecretWriter(vault),
      clock: { now: clock.now, sleep: systemClock.sleep },
      random,
      limits: defaultSecretLimits,
    },
  };
}
