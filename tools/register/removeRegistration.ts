import { doAz } from '../azure/askAz.ts';
import { deleteApp, deleteTrust } from './calls.ts';
import type { RegisterWorld } from './registerWorld.ts';
import { trustsOf } from './trustIdentity.ts';

/** Takes back every trust, and deletes the app registration: nobody can sign in as it any more. @throws ToolFault */
export async function removeRegistration(clientId: string, { run, say }: RegisterWorld): Promise<void> {
  for (const { id, name } of await trustsOf(run, clientId)) {
    await doAz(run, deleteTrust(clientId, id));
    say(`Deleted the federated credential ${name}`);
  }
  await doAz(run, deleteApp(clientId));
  say(`Deleted the app registration ${clientId}. Entra keeps it for 30 days: "Deleted applications".`);
}
