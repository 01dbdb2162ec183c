import type { KeyVaultOperation } from './keyVaultFault.ts';

/** What a request asks for; `name` is empty where it is about all secrets, `version` null where it means the latest. */
export interface OperationCall {
  readonly operation: KeyVaultOperation;
  readonly name: string;
  readonly version: string | null;
}

/** Finds it by method and path, or null. Source: Microsoft Learn, "Key Vault REST API", secrets, 2026-04-01. Pure. */
export function findOperation(method: string, path: string): OperationCall | null {
  // The latest version is asked for with a slash at the end, too.
  const [collection, name = '', third = null, ...more] = path.replace(/\/$/, '').slice(1).split('/');
  if (more.length > 0) {
    return null;
  }
  const version = third === 'versions' ? null : third;
  const operation =
    collection === 'secrets'
      ? secretOperation(method, { hasName: name !== '', third })
      : collection === 'deletedsecrets' && name !== ''
        ? deletedOperation(method, third)
        : null;
  return operation === null ? null : { operation, name, version };
}

function secretOperation(
  method: string,
  path: { readonly hasName: boolean; readonly third: string | null },
): KeyVaultOperation | null {
  if (!path.hasName) {
    return method === 'GET' ? 'list' : null;
  }
  if (path.third === 'versions') {
    return method === 'GET' ? 'listVersions' : null;
  }
  if (path.third !== null) {
    return method === 'GET' ? 'get' : method === 'PATCH' ? 'update' : null;
  }
  switch (method) {
    case 'GET':
      return 'get';
    case 'PUT':
      return 'set';
    case 'DELETE':
      return 'delete';
    default:
      return null;
  }
}

function deletedOperation(method: string, third: string | null): KeyVaultOperation | null {
  if (third === 'recover') {
    return method === 'POST' ? 'recover' : null;
  }
  if (third !== null) {
    return null;
  }
  return method === 'GET' ? 'getDeleted' : method === 'DELETE' ? 'purge' : null;
}
