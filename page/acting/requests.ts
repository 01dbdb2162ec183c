import type { Report } from '../asking/answers.ts';

/** When a pause ends. */
export type End =
  | { readonly kind: 'for'; readonly duration: string }
  | { readonly kind: 'at'; readonly untilUtc: string }
  | { readonly kind: 'untilResumed' };

/** What somebody wants done. Reports are of one account. */
export type Act =
  | {
      readonly kind: 'pause';
      readonly account: string;
      readonly reportIds: readonly string[];
      readonly end: End;
      readonly reason: string;
    }
  | {
      readonly kind: 'resume';
      readonly account: string;
      readonly reportIds: readonly string[];
      readonly includeWindows: boolean;
      readonly takeOver: boolean;
      readonly reason: string;
    }
  | {
      readonly kind: 'acknowledge';
      readonly account: string;
      readonly reportIds: readonly string[];
      readonly reason: string;
    }
  | {
      readonly kind: 'exempt';
      readonly account: string;
      readonly reportIds: readonly string[];
      /** Null is every window of the account. */
      readonly windows: readonly string[] | null;
      readonly end: Exclude<End, { kind: 'untilResumed' }>;
      readonly reason: string;
    }
  | { readonly kind: 'endExemption'; readonly exemptionId: string; readonly reason: string }
  | { readonly kind: 'end'; readonly window: string; readonly reason: string }
  | {
      readonly kind: 'extend';
      readonly window: string;
      readonly end: Exclude<End, { kind: 'untilResumed' }>;
      readonly reason: string;
    };

/** The request to the app that does an act; its body has what the app reads, and nothing else. Pure. */
export function requestOf(act: Act): {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
} {
  switch (act.kind) {
    case 'pause': {
      const { account, reportIds, end, reason } = act;
      return { path: '/api/pause', body: { account, reportIds, ...endFields(end, 'duration'), reason } };
    }
    case 'resume': {
      const { account, reportIds, includeWindows, takeOver, reason } = act;
      const flags = { ...(includeWindows ? { includeWindows } : {}), ...(takeOver ? { takeOver } : {}) };
      return { path: '/api/resume', body: { account, reportIds, ...flags, reason } };
    }
    case 'acknowledge': {
      const { account, reportIds, reason } = act;
      return { path: '/api/acknowledge', body: { account, reportIds, reason } };
    }
    case 'exempt': {
      const { account, reportIds, windows, end, reason } = act;
      const which = windows === null ? { allWindows: true } : { windows };
      return {
        path: '/api/exemptions',
        body: { account, reportIds, ...which, ...endFields(end, 'duration'), reason },
      };
    }
    case 'endExemption':
      return {
        path: `/api/exemptions/${encodeURIComponent(act.exemptionId)}/end`,
        body: { reason: act.reason },
      };
    case 'end':
      return { path: `/api/windows/${encodeURIComponent(act.window)}/end`, body: { reason: act.reason } };
    case 'extend':
      return {
        path: `/api/windows/${encodeURIComponent(act.window)}/extend`,
        body: { ...endFields(act.end, 'by'), reason: act.reason },
      };
  }
}

function endFields(end: End, lasting: 'duration' | 'by'): Readonly<Record<string, string>> {
  switch (end.kind) {
    case 'for':
      return { [lasting]: end.duration };
    case 'at':
      return { until: end.untilUtc };
    case 'untilResumed':
      return {};
  }
}

/** Whether the app tells what an act would do before it is done. Pure. */
export function canRunDry({ kind }: Act): boolean {
  return kind === 'pause' || kind === 'resume' || kind === 'exempt' || kind === 'endExemption';
}

/** The same act as a line of the operator's command, without address and key, which stand in its environment. Pure. */
export function ctlLine(act: Act, hasSeveralAccounts: boolean): string {
  return ['npm run --silent ctl --', ...ctlWords(act, hasSeveralAccounts)].join(' ');
}

function ctlWords(act: Act, hasSeveralAccounts: boolean): readonly string[] {
  switch (act.kind) {
    case 'end':
      return ['end', act.window, ...flag('why', act.reason)];
    case 'extend': {
      const { end } = act;
      const until = end.kind === 'for' ? ['--by', end.duration] : ['--until', end.untilUtc];
      return ['extend', act.window, ...until, ...flag('why', act.reason)];
    }
    case 'endExemption':
      return ['exemptions', 'end', act.exemptionId, ...flag('why', act.reason)];
    case 'exempt': {
      const { end, windows } = act;
      const until = end.kind === 'for' ? ['--duration', end.duration] : ['--until', end.untilUtc];
      const which = windows === null ? ['--all-windows'] : ['--window', windows.join(',')];
      const account = hasSeveralAccounts ? ['--account', act.account] : [];
      return ['exempt', ...act.reportIds, ...which, ...until, ...flag('why', act.reason), ...account];
    }
    case 'pause':
    case 'resume':
    case 'acknowledge': {
      const account = hasSeveralAccounts ? ['--account', act.account] : [];
      return [act.kind, ...act.reportIds, ...ctlFlags(act), ...flag('reason', act.reason), ...account];
    }
  }
}

function ctlFlags(act: Extract<Act, { kind: 'pause' | 'resume' | 'acknowledge' }>): readonly string[] {
  switch (act.kind) {
    case 'pause':
      return act.end.kind === 'for'
        ? ['--duration', act.end.duration]
        : act.end.kind === 'at'
          ? ['--until', act.end.untilUtc]
          : [];
    case 'resume':
      return [...(act.includeWindows ? ['--include-windows'] : []), ...(act.takeOver ? ['--take-over'] : [])];
    case 'acknowledge':
      return [];
  }
}

/** The same act as a line for `curl`; the key or token stands in a variable, never in the line. Pure. */
export function curlLine(act: Act, origin: string, signIn: 'keys' | 'entra'): string {
  const { path, body } = requestOf(act);
  const proof = signIn === 'keys' ? 'x-functions-key: $INTERMISSION_KEY' : 'authorization: Bearer $TOKEN';
  return `curl -X POST ${quote(`${origin}${path}`)} -H "${proof}" -H 'content-type: application/json' -d ${quote(JSON.stringify(body))}`;
}

/** A flag with its value; one that begins with a dash would be taken for a flag itself. */
function flag(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`--${name}=${quote(value)}`] : [`--${name}`, quote(value)];
}

/** A text as one word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The reports by their accounts: the app takes those of one account in a request. Pure. */
export function byAccount(reports: readonly Report[]): ReadonlyMap<string, readonly Report[]> {
  const accounts = new Map<string, Report[]>();
  for (const report of reports) {
    const known = accounts.get(report.account);
    if (known === undefined) accounts.set(report.account, [report]);
    else known.push(report);
  }
  return accounts;
}
