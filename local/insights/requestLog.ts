import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from './model/principal.ts';

/** One request as it was received, and how it ended. */
export interface ReceivedRequest {
  seq: number;
  /** By the emulator's clock. */
  atUtc: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  bodyText: string;
  surface: string | null;
  operation: string | null;
  /** The id of the path, or a list's `reportId`; lower case. */
  reportId: string | null;
  principal: Actor | null;
  /** Whether a user token carries MFA; null for app-only tokens and where none was accepted. */
  isMfaCompliant: boolean | null;
  /** HTTP status sent, or null while there is none. */
  status: number | null;
  outcome: 'open' | 'answer' | 'truncated' | 'reset' | 'hang';
  /** The kind of the fault that struck it, or null. */
  fault: string | null;
}

const requestsKept = 50_000;

/** The newest requests to the API; the admin door's own are not in it. */
export class RequestLog {
  #requests: ReceivedRequest[] = [];
  #lastSeq = 0;

  add(request: Omit<ReceivedRequest, 'seq'>): ReceivedRequest {
    this.#lastSeq += 1;
    const entry = { seq: this.#lastSeq, ...request };
    this.#requests.push(entry);
    if (this.#requests.length > 2 * requestsKept) {
      this.#requests = this.#requests.slice(-requestsKept);
    }
    return entry;
  }

  list(): readonly ReceivedRequest[] {
    return this.#requests.slice(-requestsKept);
  }

  clear(): void {
    this.#requests = [];
  }
}
