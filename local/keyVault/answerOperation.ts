import { answerPage } from './answerPage.ts';
import type { OperationCall } from './findOperation.ts';
import { badParameter, type KeyVaultAnswer, refusal, secretNotFound } from './keyVaultAnswer.ts';
import { parseSetBody, parseUpdateBody } from './requestBody.ts';
import { deletedItem, secretItem, versionBundle, versionItem } from './secretBundle.ts';
import { latestOf, type SecretStore } from './secretStore.ts';

/** One request whose caller may do what it asks. */
export interface OperationRequest extends OperationCall {
  readonly url: URL;
  readonly bodyText: string;
}

export interface Vault {
  /** No slash at the end. */
  readonly url: string;
  readonly store: SecretStore;
}

const namePattern = /^[0-9a-zA-Z-]{1,127}$/;

/** Does what is asked of the secrets, and answers as Key Vault does. */
export function answerOperation(request: OperationRequest, vault: Vault): KeyVaultAnswer {
  const { operation, name } = request;
  if (request.url.searchParams.get('api-version') === null) {
    return badParameter('The parameter api-version is not specified.');
  }
  if (operation !== 'list' && !namePattern.test(name)) {
    return badParameter(`The request URI contains an invalid name: ${name.slice(0, 127)}`);
  }
  switch (operation) {
    case 'get':
      return get(request, vault);
    case 'set':
      return set(request, vault);
    case 'update':
      return update(request, vault);
    case 'list':
      return answerPage(
        vault.store.all().map((secret) => secretItem(vault.url, secret.name, latestOf(secret))),
        request.url,
        vault.url,
      );
    case 'listVersions':
      return answerPage(versionsOf(name, vault), request.url, vault.url);
    default:
      return answerDeletion(request, vault);
  }
}

function get({ name, version }: OperationRequest, { url, store }: Vault): KeyVaultAnswer {
  const secret = store.find(name);
  const found =
    version === null && secret !== null
      ? latestOf(secret)
      : secret?.versions.find((one) => one.version === version);
  if (secret === null || found === undefined) {
    return secretNotFound(version === null ? name : `${name}/${version}`);
  }
  if (!found.enabled) {
    return refusal({
      ...{ status: 403, code: 'Forbidden', innerCode: 'SecretDisabled' },
      message: 'Operation get is not allowed on a disabled secret.',
    });
  }
  return { status: 200, body: versionBundle(url, secret.name, found) };
}

function set({ name, bodyText }: OperationRequest, { url, store }: Vault): KeyVaultAnswer {
  const body = parseSetBody(bodyText);
  if (body === null) {
    return badParameter('The request body is not a secret with a value of at most 25 KB.');
  }
  const { value, ...details } = body;
  const made = store.set(name, value, details);
  return made === null ? deletedConflict(name) : { status: 200, body: versionBundle(url, name, made) };
}

function update({ name, version, bodyText }: OperationRequest, { url, store }: Vault): KeyVaultAnswer {
  const body = parseUpdateBody(bodyText);
  if (body === null) {
    return badParameter('The request body has no attributes of a secret.');
  }
  const changed = store.update(name, version ?? '', body);
  return changed === null
    ? secretNotFound(`${name}/${version}`)
    : { status: 200, body: versionItem(url, name, changed) };
}

/** In the order of their random ids: nobody is promised another one. A secret that is not there has no versions. */
function versionsOf(name: string, { url, store }: Vault) {
  const versions = store.find(name)?.versions ?? [];
  return [...versions]
    .sort((left, right) => (left.version < right.version ? -1 : 1))
    .map((version) => versionItem(url, name, version));
}

function answerDeletion({ operation, name }: OperationRequest, { url, store }: Vault): KeyVaultAnswer {
  if (operation === 'purge') {
    return store.purge(name) ? { status: 204, body: null } : secretNotFound(name);
  }
  if (operation === 'recover') {
    const recovered = store.recover(name);
    return recovered === null
      ? secretNotFound(name)
      : { status: 200, body: versionItem(url, recovered.name, latestOf(recovered)) };
  }
  const deleted = operation === 'delete' ? store.remove(name) : store.findDeleted(name);
  return deleted === null
    ? secretNotFound(name)
    : { status: 200, body: deletedItem(url, deleted, latestOf(deleted)) };
}

function deletedConflict(name: string): KeyVaultAnswer {
  return refusal({
    ...{ status: 409, code: 'Conflict', innerCode: 'ObjectIsDeletedButRecoverable' },
    message: `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused.`,
  });
}
