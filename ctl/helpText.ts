/** What `--help` prints. */
export const helpText = `Usage: npm run --silent ctl -- COMMAND --url URL [flags]

  status                   what is not as usual: ours, doubtful, foreign; open windows; problems
  watch                    the status again and again, until Ctrl-C
  reports                  reports one by one                 [--held] [--status Paused] [--name PATTERN]
                                                              [--account NAME] [--limit NUMBER]
  plan [ID]                what would be done, and why        [--at TIME] [--until TIME]
                           with an ID: that report in words, what holds it until when and what comes next
  windows                  every window, its next times, and what is wrong with it
  windows push FILE        check a list of windows, show what it changes, and with --yes put it into the blob
                                                              --storage ACCOUNT [--blob windows/windows.json] [--yes]
  accounts                 every account, when it was looked at, and why it could not be
  health                   which version it is, what is wrong with settings, windows and webhooks, which zone data it
                           reckons with, and what was learned of each account
  pause ID...              hold and pause now                 [--until TIME | --duration PT4H] [--reason TEXT]
                                                              [--request NAME] [--dry-run]
  pause --name PATTERN     the same for all whose name matches, as "Sales*"; --all-reports for every report;
                           both need an end
  resume ID...             end what requests hold, resume     [--include-windows] [--take-over --reason TEXT]
  resume --request NAME    the same for all that one pause with --request NAME holds; also --name, --all-reports
  acknowledge ID...        leave it as it is, for good        --reason TEXT: settles what is doubtful or left paused
  relearn                  learn anew how an account behaves  --account NAME --reason TEXT: "health" shows what was learned
  end WINDOW               this occurrence is done early      --why TEXT: the next one is untouched
  extend WINDOW            this occurrence lasts longer       --by 2h | --until INSTANT  --why TEXT
  exempt ID...             leave reports out of windows       --window NAME | --all-windows  --until TIME  --why TEXT
                           for a while; also --name, --all-reports  [--dry-run]
  exemptions               which reports are left out of which windows, until when, who said so and why
  exemptions end ID        before its time                    --why TEXT [--dry-run]
  wait --window NAME       wait until all that the window selects is paused and none of it runs any more
                                                              [--timeout MINUTES]: 60 by default
  why ID                   why is this report as it is?
  history                  what windows did, the last night first; 90 days are kept, 7 are told
                                                              [--window NAME | --report ID | --runs] [--account NAME]
                                                              [--days NUMBER]
  runs RUN_ID              what came of a run; waits while it works
  tick                     reconcile everything now
  adopt --reason TEXT      rebuild a lost ledger from the rows of infra/queries/adopt.kql on standard input
                                                              [--until TIME]
  drain --yes              end every hold and bring every report of ours back
  --dry-run                of pause, resume, exempt and drain: tells what would be done, and does nothing

  TIME is 18:00, "today 18:00", "tonight 23:00", "tomorrow 06:00" or "2026-12-01 06:00", with a zone like
  Europe/Amsterdam behind it if it is not yours, +4h (d, h, m), or an instant like 2026-12-01T05:00:00Z. It is said as it
  was read before anything is done; what could be meant in two ways is refused.

  ID is a report's id; "-" reads ids from standard input, separated by spaces, commas or lines.

Flags of every command
  --help           with a command: its own flags, with examples
  --version        of this command; "health" tells that of the app
  --url URL        the app, e.g. https://NAME.azurewebsites.net; else INTERMISSION_URL
  --key KEY        a function key; better in INTERMISSION_KEY, where no list of processes shows it
  --by NAME        with a key: who asks, kept with what is done; else INTERMISSION_BY. Of extend it is how much longer
  --audience URI   sign in as "az login" did, for this application id URI; else INTERMISSION_AUDIENCE
  --json           one JSON document on standard output, for scripts
  --all            list every report, also those that are as usual
  --account NAME   of history: of this account alone; of pause, resume, exempt, acknowledge, relearn, adopt and drain: whose reports; needed where there are several
  --storage NAME   of windows push: the storage account, as "az login" signs in; else INTERMISSION_STORAGE
  --wait MINUTES   of pause, resume, end and runs: how long to wait for a long run, 30 by default; 0 does not wait

Ends with 0 where all is done, or the window is ready, 1 where not, 2 for a wrong command line, 3 where the app could not be reached or
refused the sign-in.`;
