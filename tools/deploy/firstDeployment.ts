import type { RunProgram } from '../azure/runProgram.ts';

/** What the first deployment needs to know and to reach. */
export interface DeployWorld {
  readonly run: RunProgram;
  /** What `GET /api/health` answers: anything of ours, whether well or not, or null. */
  readonly health: () => Promise<unknown>;
  readonly say: (text: string) => void;
  readonly nowMs: () => number;
  readonly sleep: (durationInMs: number) => Promise<void>;
}

/** Where the package goes; azd knows it once the resources are there. */
export interface DeployTarget {
  /** Where azd deploys; the Azure CLI may have another one in use. */
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly appName: string;
  readonly zip: string;
}

/** Source: Microsoft Learn, "Troubleshoot Azure RBAC": a change of roles takes up to ten minutes. */
const LONGEST_IN_MS = 10 * 60_000;
const BETWEEN_TRIES_IN_MS = 30_000;

/** The platform puts the package into storage as the app's identity, and its new role is not known there yet. */
const ROLE_NOT_KNOWN = /InaccessibleStorage|BlobUploadFailed|not authorized to perform this operation/i;

/**
 * Brings the package to a new app, again and again while the storage refuses the app's identity with 403: azd itself tries
 * once (azure-dev issue 8026). An app that answers has its roles; any other refusal is left for azd to tell. False where
 * the time is over.
 */
export async function bringFirstPackage(
  { subscription, resourceGroup, appName, zip }: DeployTarget,
  { run, health, say, nowMs, sleep }: DeployWorld,
): Promise<boolean> {
  if ((await health()) !== null) {
    say('The app answers, so its roles work: nothing to wait for.');
    return true;
  }
  say('First deployment: a new role may take ten minutes to work, so the package is tried until it does.');
  const untilMs = nowMs() + LONGEST_IN_MS;
  const where = ['--subscription', subscription, '--resource-group', resourceGroup, '--name', appName];
  for (;;) {
    const end = await run('az', [
      ...['functionapp', 'deployment', 'source', 'config-zip', ...where],
      ...['--src', zip, '--output', 'none'],
    ]);
    if (end.kind === 'missing') {
      say(
        'There is no "az" here to try it with. If azd ends with 403 now, wait ten minutes and run "azd deploy".',
      );
      return true;
    }
    if (end.exitCode === 0) {
      say('The package is there, so the roles work. azd brings it once more.');
      return true;
    }
    if (!ROLE_NOT_KNOWN.test(end.stderr)) {
      say(
        `The Azure CLI could not bring it, for another reason than a role; azd tries now.\n${end.stderr.trim()}`,
      );
      return true;
    }
    if (nowMs() + BETWEEN_TRIES_IN_MS > untilMs) {
      say(
        'The storage still refuses the identity of the app after ten minutes. Run "azd deploy" later; if that goes on, look at the roles of the identity on the storage account (docs/deploy.md).',
      );
      return false;
    }
    say(`The storage refuses the identity of the app still; again in ${BETWEEN_TRIES_IN_MS / 1000} s.`);
    await sleep(BETWEEN_TRIES_IN_MS);
  }
}
