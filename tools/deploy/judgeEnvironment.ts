import { settingParameters } from '../../build/infra/settings.ts';
import { parseJson, windowsOfSettings } from '../../shared/service/readWindows.ts';
import { accountsOf, impliedAccount } from '../../shared/settings/accountsOf.ts';
import { readSettings, type Settings } from '../../shared/settings/readSettings.ts';
import { parseWebhookSources } from '../../shared/webhooks/parseWebhookSources.ts';

/** What is wrong with a deployment before it is one; an error stops it. */
export interface EnvironmentProblem {
  readonly severity: 'error' | 'warning';
  /** The setting, maybe with the place in it. */
  readonly where: string;
  readonly message: string;
}

/** What the template sets by itself, as far as settings depend on it. */
const SET_BY_TEMPLATE = {
  AzureWebJobsStorage__tableServiceUri: 'https://storage.invalid',
  AzureWebJobsStorage__blobServiceUri: 'https://storage.invalid',
  KEY_VAULT_URL: 'https://vault.invalid',
};

const error = (where: string, message: string): EnvironmentProblem => ({ severity: 'error', where, message });

/** Judges the values of an azd environment by the app's own parsers, before anything is made of them. Pure. */
export function judgeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): readonly EnvironmentProblem[] {
  const given = Object.fromEntries(settingParameters().map((name) => [name, environment[name]]));
  if ((given['SIGN_IN'] ?? '') === '') {
    return [
      error(
        'SIGN_IN',
        'is missing: secureApp for Partner Insights (mpn), federatedApp for the marketplace (cmp)',
      ),
    ];
  }
  const read = readSettings({ ...given, ...SET_BY_TEMPLATE });
  if (!read.ok) {
    return read.problems.map(({ name, message }) => error(name, message));
  }
  const { settings } = read;
  return [...signInProblems(settings), ...windowProblems(settings), ...webhookProblems(settings)];
}

/** Source: Partner Center REST, "Authentication": Partner Insights takes an app with a user, and nobody else. */
function signInProblems(settings: Settings): readonly EnvironmentProblem[] {
  return accountsOf(settings)
    .filter(
      ({ surface, baseUrl, signIn }) =>
        surface === 'mpn' &&
        signIn.mode !== 'secureApp' &&
        new URL(baseUrl).hostname === 'api.partnercenter.microsoft.com',
    )
    .map(({ name, signIn }) =>
      error(
        name === 'default' ? 'SIGN_IN' : `ACCOUNTS, ${name}`,
        `${signIn.mode} cannot sign in to Partner Insights (mpn), which wants a user: secureApp; or set INSIGHTS_BASE_URL to a /cmp address`,
      ),
    );
}

function windowProblems(settings: Settings): readonly EnvironmentProblem[] {
  const { windows, problems } = windowsOfSettings(settings);
  const none: EnvironmentProblem = {
    ...{ severity: 'warning', where: 'windows' },
    message:
      'there is none: set REPORT_IDS, PAUSE_SCHEDULE and PAUSE_DURATION, MAINTENANCE_WINDOWS or WINDOWS_BLOB',
  };
  return [
    ...problems.map(({ window, pointer, message, severity }) => ({
      ...{ severity, message },
      where: `window ${window ?? '?'}${pointer === '' ? '' : ` at ${pointer}`}`,
    })),
    ...(windows.length === 0 && problems.length === 0 && settings.WINDOWS_BLOB === null ? [none] : []),
  ];
}

function webhookProblems(settings: Settings): readonly EnvironmentProblem[] {
  const { WEBHOOKS } = settings;
  if (WEBHOOKS === null) {
    return [];
  }
  const { problems } = parseWebhookSources(parseJson(WEBHOOKS), {
    defaultAccount: impliedAccount(accountsOf(settings)),
  });
  return problems.map(({ source, pointer, message, severity }) => ({
    ...{ severity, message },
    where: `webhook source ${source ?? '?'}${pointer === '' ? '' : ` at ${pointer}`}`,
  }));
}
