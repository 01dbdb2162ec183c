import { z } from 'zod';
import { askAz, doAz } from '../azure/askAz.ts';
import type { RunProgram } from '../azure/runProgram.ts';
import { createTrust, type Trust } from './calls.ts';
import type { RegisterWorld } from './registerWorld.ts';

const credentialsShape = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    subject: z.string(),
    audiences: z.array(z.string()),
  }),
);

/** The federated credentials of the app registration. @throws ToolFault */
export function trustsOf(run: RunProgram, clientId: string): Promise<z.output<typeof credentialsShape>> {
  const parameters = ['ad', 'app', 'federated-credential', 'list', '--id', clientId];
  return askAz(run, { parameters, json: null }, credentialsShape);
}

/** Whether a federated credential says the same, letter for letter: Entra compares it so. Pure. */
export function isSameTrust(
  one: Omit<Trust, 'audience'> & { readonly audiences: readonly string[] },
  { issuer, subject, audience }: Trust,
): boolean {
  return one.issuer === issuer && one.subject === subject && one.audiences.includes(audience);
}

/** Lets the app's managed identity prove the app registration; where it may already, nothing is changed. @throws ToolFault */
export async function trustIdentity(clientId: string, trust: Trust, world: RegisterWorld): Promise<void> {
  const known = await trustsOf(world.run, clientId);
  const same = known.find((one) => isSameTrust(one, trust));
  if (same !== undefined) {
    world.say(
      `The app registration ${clientId} trusts the identity ${trust.subject} already (${same.name}).`,
    );
    return;
  }
  await doAz(world.run, createTrust(clientId, trust));
  world.say(`The app registration ${clientId} trusts the identity ${trust.subject} now.`);
}
