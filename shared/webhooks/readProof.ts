import { audiencesOf } from '../settings/audiencesOf.ts';
import type { SourceInput } from './sourceFields.ts';
import type { ParsedPart, SourceFault } from './webhookProblem.ts';
import type { EntraAuthentication, WebhookKind, WebhookSource } from './webhookSource.ts';

type Proof = Pick<WebhookSource, 'authentication' | 'secretName'>;

const EVENT_GRID = {
  clientId: '4962773b-9cdb-44cf-a8bf-237846a00ab7',
  role: 'AzureEventGridSecureWebhookSubscriber',
};

/**
 * By which app Azure sends, and the role that Microsoft's scripts give it. Sources: "Deliver events to Microsoft Entra
 * protected endpoints" (Event Grid), "Action groups", secure webhook (Azure Monitor).
 */
const AZURE_SENDERS: { readonly [Kind in WebhookKind]?: Pick<EntraAuthentication, 'clientId' | 'role'> } = {
  eventGrid: EVENT_GRID,
  cloudEvents: EVENT_GRID,
  azureMonitor: { clientId: '461e8683-5575-4561-ac7f-899cc907d62a', role: 'ActionGroupsSecureWebhook' },
};

/** How a source proves itself: by a secret or by Entra, never by either of two. */
export function readProof(data: SourceInput): ParsedPart<Proof> {
  if (data.kind === 'generic') return proven(data.authentication, data.secretName);
  if (data.kind === 'standard') return proven({ type: 'standard' }, data.secretName);
  const { secretName, entra, kind } = data;
  if (entra === undefined) {
    return secretName === undefined
      ? { ok: false, faults: [noProof] }
      : proven({ type: 'token' }, secretName);
  }
  if (secretName !== undefined) return { ok: false, faults: [twoProofs] };
  const sender = AZURE_SENDERS[kind] ?? EVENT_GRID;
  const { tenantId, audience, appId = sender.clientId, role = sender.role } = entra;
  const rule = { tenantId, audiences: audiencesOf(audience) };
  return proven({ type: 'entra', rule, clientId: appId, role }, null);
}

function proven(authentication: Proof['authentication'], secretName: Proof['secretName']): ParsedPart<Proof> {
  return { ok: true, value: { authentication, secretName }, faults: [] };
}

const noProof: SourceFault = {
  ...{ path: ['secretName'], code: 'missing_property', severity: 'error' },
  message: '"secretName" is missing: name the secret of the token, or write "entra" in its place.',
};

const twoProofs: SourceFault = {
  ...{ path: ['entra'], code: 'bad_value', severity: 'error' },
  message:
    'The source has both "secretName" and "entra". Leave one of them out: the weaker would be the proof.',
};
