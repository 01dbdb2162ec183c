// `npm run consent -- --account NAME --url APP`: see docs/sign-in.md.
import { openBrowser } from './consent/openBrowser.ts';
import { consentHelp, parseConsentFlags } from './consent/parseConsentFlags.ts';
import { runConsent } from './consent/runConsent.ts';

const command = parseConsentFlags(process.argv.slice(2), process.env);
switch (command.kind) {
  case 'help':
    console.log(consentHelp);
    break;
  case 'wrong':
    console.error(`${command.message}\n\n${consentHelp}`);
    process.exitCode = 2;
    break;
  case 'run':
    process.exitCode = await runConsent(command, {
      say: console.log,
      complain: console.error,
      openBrowser: command.opensBrowser ? openBrowser : () => {},
    });
}
