import { azdValues } from '../azure/azdValues.ts';
import { shellLine } from '../azure/shellLine.ts';
import { ToolFault } from '../azure/toolFault.ts';
import { createTrust } from './calls.ts';
import { checkRegistration } from './checkRegistration.ts';
import { parseRegisterFlags, registerHelp } from './parseRegisterFlags.ts';
import { registerApp, registerLines } from './registerApp.ts';
import type { RegisterWorld } from './registerWorld.ts';
import { removeRegistration } from './removeRegistration.ts';
import { trustIdentity } from './trustIdentity.ts';

/** Does what `npm run register` was asked for; gives the exit code. */
export async function runRegister(parameters: readonly string[], world: RegisterWorld): Promise<number> {
  const command = parseRegisterFlags(parameters, await azdValues(world.run));
  try {
    switch (command.kind) {
      case 'help':
        world.say(registerHelp);
        return 0;
      case 'wrong':
        world.complain(`${command.message}\n\n${registerHelp}`);
        return 2;
      case 'app':
        if (command.isPrinted) {
          world.say(registerLines(command.wanted).join('\n'));
        } else {
          await registerApp(command.wanted, world);
        }
        return 0;
      case 'trust':
        if (command.isPrinted) {
          world.say(shellLine(createTrust(command.clientId, command.trust)));
        } else {
          await trustIdentity(command.clientId, command.trust, world);
        }
        return 0;
      case 'check':
        return (await checkRegistration(command, world)) ? 0 : 1;
      case 'remove':
        await removeRegistration(command.clientId, world);
        return 0;
    }
  } catch (error) {
    if (error instanceof ToolFault) {
      world.complain(error.message);
      return 1;
    }
    throw error;
  }
}
