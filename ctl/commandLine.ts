/** Reports that are not named by their ids, as the app takes them. */
export type ReportsMeant = { readonly namePattern: string } | { readonly all: true };

/** A command with what it needs, parsed. Report ids are as given: they are checked when standard input is read too. */
export type Command =
  | { readonly name: 'status' }
  | {
      readonly name: 'reports';
      /** The query of `GET /api/reports`. */
      readonly query: Readonly<Record<string, string>>;
      /** At most so many; null tells all. */
      readonly limit: number | null;
    }
  | { readonly name: 'windows' }
  | {
      readonly name: 'windows push';
      /** A path, or `-` for standard input. */
      readonly file: string;
      /** The storage account by name or address, or a connection string. */
      readonly storage: string;
      /** `container/name` of the blob. */
      readonly path: string;
      readonly isMeant: boolean;
    }
  | { readonly name: 'accounts' }
  | { readonly name: 'health' }
  | { readonly name: 'tick' }
  | {
      readonly name: 'plan';
      readonly at: string | null;
      readonly until: string | null;
      /** Tells of this report alone, in words. */
      readonly reportId: string | null;
    }
  | {
      readonly name: 'pause';
      /** Empty where `body` says by name which reports. */
      readonly ids: readonly string[];
      /** Only tells what would be done. */
      readonly isDry: boolean;
      readonly waitInMs: number;
      /** The rest of the body of `POST /api/pause`. */
      readonly body: Readonly<Record<string, string | ReportsMeant>>;
    }
  | {
      readonly name: 'resume';
      /** Empty where `body` says by name which reports, or names the request that paused. */
      readonly ids: readonly string[];
      readonly isDry: boolean;
      readonly waitInMs: number;
      readonly body: Readonly<Record<string, string | true | ReportsMeant>>;
    }
  | {
      readonly name: 'acknowledge';
      readonly ids: readonly string[];
      readonly body: Readonly<Record<string, string>>;
    }
  | {
      readonly name: 'relearn';
      readonly account: string;
      readonly body: Readonly<Record<string, string>>;
    }
  | {
      readonly name: 'end' | 'extend';
      readonly window: string;
      readonly waitInMs: number;
      readonly body: Readonly<Record<string, string>>;
    }
  | {
      readonly name: 'exempt';
      /** Empty where `body` says by name which reports. */
      readonly ids: readonly string[];
      readonly isDry: boolean;
      /** The rest of the body of `POST /api/exemptions`. */
      readonly body: Readonly<Record<string, string | true | readonly string[] | ReportsMeant>>;
    }
  | { readonly name: 'exemptions'; readonly account: string | null }
  | {
      readonly name: 'exemptions end';
      readonly id: string;
      readonly isDry: boolean;
      readonly body: Readonly<Record<string, string>>;
    }
  | { readonly name: 'watch' }
  | { readonly name: 'wait'; readonly window: string; readonly timeoutInMs: number }
  | { readonly name: 'why'; readonly reportId: string }
  | {
      readonly name: 'history';
      readonly about:
        | { readonly kind: 'windows'; readonly window: string | null }
        | { readonly kind: 'runs' }
        | { readonly kind: 'report'; readonly reportId: string };
      readonly account: string | null;
      readonly days: number;
    }
  | { readonly name: 'runs'; readonly runId: string; readonly waitInMs: number }
  | { readonly name: 'adopt'; readonly body: Readonly<Record<string, string>> }
  | {
      readonly name: 'drain';
      readonly isDry: boolean;
      readonly body: Readonly<Record<string, string>>;
    };

/** Where the app is and how to sign in there. */
export interface Connection {
  /** Scheme, host and port alone. */
  readonly origin: string;
  readonly signIn: /** `by` is who says to ask: the app cannot tell whose key it was. */
    | { readonly kind: 'key'; readonly key: string; readonly by?: string }
    | { readonly kind: 'azureCli'; readonly audience: string };
}

/** The whole command line. */
export type CommandLine =
  /** Of one command, or null of all. */
  | { readonly kind: 'help'; readonly of: Command['name'] | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly connection: Connection;
      readonly isJson: boolean;
      readonly showsAll: boolean;
    };
