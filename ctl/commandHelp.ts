import type { Command } from './commandLine.ts';

/** What `COMMAND --help` tells: how it is written, what it does, and lines to copy, without what stands before the command. */
interface CommandHelp {
  readonly usage: string;
  readonly what: string;
  readonly examples: readonly string[];
}

const ID = '2f1c8f1e-6f0f-4a8e-9a53-1d9d1b7f0c11';

/** Each command's own help. The examples are read by the command's own parser in a test. */
export const commandHelp: { readonly [Name in Command['name']]: CommandHelp } = {
  status: {
    usage: 'status [--all]',
    what: 'Tells what is not as usual, the most urgent first: doubtful, not seen, owed, ours and until when, foreign; open windows; problems.',
    examples: ['status', 'status --all --json'],
  },
  watch: {
    usage: 'watch',
    what: 'Shows the status again each 15 seconds until Ctrl-C; on a terminal in place, elsewhere each time that something changed.',
    examples: ['watch'],
  },
  reports: {
    usage: 'reports [--held] [--status STATUS] [--name PATTERN] [--account NAME] [--limit NUMBER]',
    what: 'Lists reports one by one, with who holds each until when.',
    examples: ['reports --held', 'reports --name "Sales*" --status Paused', 'reports --limit 20'],
  },
  plan: {
    usage: 'plan [ID] [--at TIME] [--until TIME]',
    what: 'Tells what would be done at that instant, and which windows open until then; with an id that report in words. Changes nothing.',
    examples: ['plan', 'plan --at "tomorrow 06:00" --until +7d', `plan ${ID}`],
  },
  windows: {
    usage: 'windows',
    what: 'Tells every window, its next times in its own zone, and what is wrong with it.',
    examples: ['windows', 'windows --all'],
  },
  'windows push': {
    usage: 'windows push FILE --storage ACCOUNT [--blob windows/windows.json] [--yes]',
    what: 'Checks a list of windows and shows what it changes; with --yes puts it where the app reads it.',
    examples: [
      'windows push windows.json --storage mystorage',
      'windows push windows.json --storage mystorage --yes',
    ],
  },
  accounts: {
    usage: 'accounts',
    what: 'Tells every account, how the app signs in to it, when it was looked at, and why it could not be.',
    examples: ['accounts', 'accounts --json'],
  },
  end: {
    usage: 'end WINDOW --why TEXT [--wait MINUTES]',
    what: 'Ends the occurrence that is open now: what it alone held comes back at once. The next one is untouched.',
    examples: ['end nightly --why "the load is done"'],
  },
  extend: {
    usage: 'extend WINDOW --by 2h | --until TIME --why TEXT [--wait MINUTES]',
    what: 'Lets the occurrence that is open now last longer. The next one is untouched.',
    examples: [
      'extend nightly --by 2h --why "the load is late"',
      'extend nightly --until "tomorrow 08:00" --why "the load is late"',
    ],
  },
  exempt: {
    usage:
      'exempt ID... | --name PATTERN | --all-reports  --window NAME | --all-windows  --until TIME | --duration PT4H  --why TEXT [--account NAME] [--dry-run]',
    what: 'Leaves reports out of windows until then. What such a window alone holds comes back at the next tick; when it is over, a window that is open pauses them again.',
    examples: [
      `exempt ${ID} --window nightly --until "tomorrow 06:00" --why "month-end close"`,
      'exempt --name "Sales*" --window nightly,weekly-load --until "2026-12-31 23:00" --why "needed by finance"',
      'exempt --name "Sales*" --all-windows --until +4h --why "month-end close" --dry-run',
    ],
  },
  exemptions: {
    usage: 'exemptions [--account NAME]',
    what: 'Lists which reports are left out of which windows, until when, who said so and why; with --all also what ended within a day.',
    examples: ['exemptions', 'exemptions --all'],
  },
  'exemptions end': {
    usage: 'exemptions end ID --why TEXT [--dry-run]',
    what: 'Ends an exemption before its time: a window that is open pauses its reports again.',
    examples: ['exemptions end 4e63e7f312036871a4ef --why "the close is done"'],
  },
  wait: {
    usage: 'wait --window NAME [--timeout MINUTES]',
    what: 'Waits until all that the open window selects is confirmed paused or told why not, and none of it runs any more.',
    examples: ['wait --window nightly', 'wait --window nightly --timeout 20'],
  },
  health: {
    usage: 'health',
    what: 'Tells which version the app is, and what is wrong with its settings, windows and webhooks.',
    examples: ['health'],
  },
  pause: {
    usage:
      'pause ID... | --name PATTERN | --all-reports [--until TIME | --duration PT4H] [--reason TEXT] [--request NAME] [--account NAME] [--wait MINUTES] [--dry-run]',
    what: 'Holds reports and pauses them now. By ids a pause may be without an end: it lasts until somebody resumes it; by a name or for all it needs one.',
    examples: [
      `pause ${ID} --until "tonight 23:00" --reason "storage move" --request change-4711`,
      'pause --name "Sales*" --duration PT4H --dry-run',
      'pause --name "Sales*" --until "tomorrow 06:00 Europe/Amsterdam"',
      'pause - --until +4h',
    ],
  },
  resume: {
    usage:
      'resume ID... | --request NAME | --name PATTERN | --all-reports [--include-windows] [--take-over] [--reason TEXT] [--account NAME] [--wait MINUTES] [--dry-run]',
    what: 'Ends what requests hold, and resumes what nothing holds any more. What somebody else paused stays paused.',
    examples: [
      'resume --request change-4711',
      'resume --name "Sales*" --dry-run',
      `resume ${ID} --include-windows`,
      `resume ${ID} --take-over --reason "Dana says it is ours"`,
    ],
  },
  acknowledge: {
    usage: 'acknowledge ID... --reason TEXT [--account NAME]',
    what: 'Settles what is doubtful or left paused: it stays as it is, and is not looked after any more.',
    examples: [`acknowledge ${ID} --reason "Dana wants it paused"`],
  },
  relearn: {
    usage: 'relearn --account NAME --reason TEXT',
    what: 'Forgets what was learned of how the API of the account behaves, so that it is learned anew.',
    examples: ['relearn --account default --reason "clock was set"'],
  },
  why: {
    usage: 'why ID',
    what: 'Tells why a report is as it is: whose pause it is and by what evidence, who holds it, and what was done to it.',
    examples: [`why ${ID}`],
  },
  history: {
    usage: 'history [--window NAME | --report ID | --runs] [--account NAME] [--days NUMBER]',
    what: 'Tells what windows did, the last night first: paused, resumed, left alone, failed, how late, and the executions that it cost. With --report what happened to that one; with --runs what runs did, who set them off and why. 7 days by default, 90 are kept.',
    examples: [
      'history',
      'history --window nightly --days 30',
      `history --report ${ID} --days 90`,
      'history --runs --account default',
    ],
  },
  runs: {
    usage: 'runs RUN_ID [--wait MINUTES]',
    what: 'Tells what came of a run; waits while it works.',
    examples: [`runs ${ID}`, `runs ${ID} --wait 0`],
  },
  tick: { usage: 'tick', what: 'Reconciles everything now.', examples: ['tick'] },
  adopt: {
    usage: 'adopt --reason TEXT [--until TIME] [--account NAME]',
    what: 'Rebuilds a lost ledger from the rows of infra/queries/adopt.kql on standard input.',
    examples: ['adopt --reason "storage was deleted" --until "tomorrow 06:00"'],
  },
  drain: {
    usage: 'drain --yes | --dry-run [--reason TEXT] [--account NAME]',
    what: 'Ends every hold and brings back every report of ours, as before an uninstall.',
    examples: ['drain --dry-run', 'drain --yes --reason uninstall'],
  },
};

/** The help of one command as it is printed. */
export function helpOf(name: Command['name']): string {
  const { usage, what, examples } = commandHelp[name];
  return [
    `Usage: npm run --silent ctl -- ${usage} --url URL [flags]`,
    '',
    what,
    '',
    'For example, with INTERMISSION_URL and INTERMISSION_KEY set:',
    ...examples.map((example) => `  npm run --silent ctl -- ${example}`),
    '',
    'The flags of every command: --help alone.',
  ].join('\n');
}
