/** How an app registration proves itself to Entra; names are those of secrets in the app's Key Vault. */
export type AppCredential =
  /** A token of the managed identity is the assertion: no secret anywhere. */
  | { readonly kind: 'managedIdentity' }
  | { readonly kind: 'certificate'; readonly secretName: string }
  | { readonly kind: 'secret'; readonly secretName: string };

/** How an account comes to its token; `docs/sign-in.md` says which is for whom. */
export type SignIn =
  /** The managed identity's own token: app-only. */
  | { readonly mode: 'managedIdentity' }
  /** An app registration, by the managed identity's assertion: app-only. */
  | { readonly mode: 'federatedApp'; readonly app: AppRegistration }
  /** An app registration on behalf of the user who consented: app and user. */
  | { readonly mode: 'secureApp'; readonly app: AppRegistration; readonly refreshTokenName: string };

/** An app registration and where it signs in. */
export interface AppRegistration {
  readonly clientId: string;
  /** An origin, e.g. `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** False only for a private authority, which is none that Microsoft's discovery knows. */
  readonly isDiscovered: boolean;
  readonly credential: AppCredential;
}
