import { signInFaults } from '../../shared/faults/signInFaults.ts';
import type { Attention, Report } from '../asking/answers.ts';
import type { Situation } from '../asking/situation.ts';
import { wordsOf } from './words.ts';

/** Something that wants a person, with what to do. */
export interface Trouble {
  /** Stable: what tells it from others. */
  readonly id: string;
  readonly title: string;
  /** What is so; each report may have its own. */
  readonly message: string;
  readonly whatToDo: string;
  /** Reports that it is about; none where an account or the app is. */
  readonly reports: readonly Report[];
  /** Where the page tells more of it; null where it does not. */
  readonly address: string | null;
}

/** Everything that wants a person, the most urgent first. Pure. */
export function troublesOf({ reports, accounts, windows, health }: Situation): readonly Trouble[] {
  return [
    ...reportTroubles(reports.reports),
    ...accounts.accounts.flatMap(({ name, failure }) =>
      failure === null ? [] : [failingAccount(name, failure)],
    ),
    ...reports.problems
      .filter(({ account }) => accounts.accounts.every((one) => one.name !== account || one.failure === null))
      .map(({ account, ...failure }) => failingAccount(account, failure)),
    ...accounts.accounts.flatMap(({ name, isLate, failure }) =>
      failure === null && isLate ? [lateAccount(name)] : [],
    ),
    ...invalidWindows(windows.problems.filter(({ severity }) => severity === 'error')),
    ...health.problems
      .filter(({ severity, window }) => severity !== 'warning' && (window ?? null) === null)
      .filter(({ message }) => windows.problems.every((one) => one.message !== message))
      .map(({ name, source, message }) => ({
        id: `health ${name ?? source ?? ''} ${message}`,
        title: name ?? source ?? 'The configuration is wrong',
        message,
        whatToDo: 'Correct the setting, then restart the app.',
        reports: [],
        address: null,
      })),
  ];
}

function reportTroubles(reports: readonly Report[]): readonly Trouble[] {
  const byCause = new Map<Attention['cause'], { first: Attention; reports: Report[] }>();
  for (const report of reports) {
    for (const attention of report.attention) {
      const known = byCause.get(attention.cause);
      if (known === undefined) byCause.set(attention.cause, { first: attention, reports: [report] });
      else known.reports.push(report);
    }
  }
  return [...byCause]
    .sort(([one], [other]) => URGENCY.indexOf(one) - URGENCY.indexOf(other))
    .map(([cause, { first, reports: named }]) => ({
      id: cause,
      title: wordsOf(cause),
      message: first.message,
      whatToDo: first.whatToDo,
      reports: named,
      address: `#/reports?show=attention`,
    }));
}

const URGENCY: readonly Attention['cause'][] = [
  'leftPaused',
  'doubtful',
  'owed',
  'unseen',
  'late',
  'notEffective',
  'tooLong',
  'recreated',
];

function invalidWindows(errors: Situation['windows']['problems']): readonly Trouble[] {
  const names = [...new Set(errors.map(({ window }) => window))];
  return names.map((name) => ({
    id: `window ${name ?? ''}`,
    title: name === null ? 'Windows are invalid' : `Window ${name} is invalid`,
    message: errors
      .filter(({ window }) => window === name)
      .map(({ message }) => message)
      .join(' '),
    whatToDo: 'Correct the configuration of the windows. What it holds keeps the end that it has.',
    reports: [],
    address: '#/windows',
  }));
}

function failingAccount(
  account: string,
  { code, message }: { readonly code: string; readonly message: string },
): Trouble {
  const named = new Map<string, { readonly remedy: string }>(Object.entries(signInFaults));
  const [own = ''] = /^[a-z_]+(?=[:;,. ])/.exec(message) ?? [];
  const fault = named.get(code) ?? named.get(own);
  return {
    id: `account ${account}`,
    title: fault === undefined ? `Account ${account} cannot be read` : `Sign-in of ${account} fails`,
    message: `${code}: ${message}`,
    whatToDo:
      fault?.remedy ?? 'It is tried again within five minutes. docs/faults.md says what the code means.',
    reports: [],
    address: '#/accounts',
  };
}

function lateAccount(account: string): Trouble {
  return {
    id: `late ${account}`,
    title: `Account ${account} is looked at late`,
    message: 'Something was due on it minutes ago, and no run has looked.',
    whatToDo:
      'See whether the timer fires, and what the log says of its last ticks. A tick by hand does what is due.',
    reports: [],
    address: '#/accounts',
  };
}
