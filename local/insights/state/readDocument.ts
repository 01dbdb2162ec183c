import { z } from 'zod';
import type { PolicyChange } from '../policies/policies.ts';
import { type StateDocument, stateDocumentSchema, withPolicyDefaults } from './stateDocument.ts';

/** Reads a seed or state file's text. @throws an Error that names the file and every fault in it. */
export function readDocument(text: string, path: string, defaults: PolicyChange): StateDocument {
  const parsed = stateDocumentSchema.safeParse(withPolicyDefaults(parseJson(text, path), defaults));
  if (!parsed.success) {
    throw new Error(`${path} is not a state document:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON`, { cause });
  }
}
