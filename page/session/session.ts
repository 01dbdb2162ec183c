import type { Proof } from '../asking/ask.ts';

/** How the shell says that people prove who they are. */
export type SignIn =
  | { readonly kind: 'keys' }
  | { readonly kind: 'entra'; readonly authority: string; readonly clientId: string };

/** Whoever looks, signed in. */
export interface Session {
  readonly proof: Proof;
  signOut(): Promise<void>;
}

/** Reads what the shell says; a shell that says nothing wants a key. */
export function readSignIn({ dataset }: HTMLElement): SignIn {
  const { signIn, authority = '', client = '' } = dataset;
  return signIn === 'entra' ? { kind: 'entra', authority, clientId: client } : { kind: 'keys' };
}
