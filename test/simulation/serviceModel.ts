import type { Exchange, ExchangeRequest } from '../../shared/insights/exchange.ts';
import { createDice } from './dice.ts';
import {
  BEGIN_MS,
  type Fault,
  type Glitch,
  type History,
  type HumanAct,
  letterOf,
  type PutFate,
  reportIdOf,
  type Source,
  type Status,
} from './history.ts';
import { type Act, type Call, type Look, type Version, versionAt } from './record.ts';
import { showReport } from './showReport.ts';
import type { VirtualTime } from './virtualTime.ts';

/** The Insights API as one history has it, at the network edge, with a record of all that is so. */
export interface ServiceModel {
  /** Sends one request; resolves with what comes back, at the latest when its limit is over. */
  send(
    process: string,
    request: ExchangeRequest,
  ): Promise<{ readonly call: Call; readonly exchange: Exchange }>;
  /** What a person does at the service's own portal. */
  act(human: HumanAct): void;
  /** Whether the app can sign in now. */
  canSignIn(): boolean;
  readonly versions: ReadonlyMap<string, readonly Version[]>;
  readonly acts: readonly Act[];
  readonly calls: readonly Call[];
}

/** What is answered, and what it shows; null where nothing is answered at all. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly looks?: readonly Look[];
  readonly says: string;
}

type Reply = Answer | 'lost' | 'silent';

const LONG_AGO_MS = BEGIN_MS - 30 * 86_400_000;
/** The oldest a fault may make a time that it shows. */
const OLDER_BY_MS = 86_400_000;

/** Builds the service of a history; from now on it lives in `time`. */
export function createServiceModel(history: History, time: VirtualTime): ServiceModel {
  const { service, faults } = history;
  const dice = createDice(history.seed, 'service');
  const versions = new Map<string, Version[]>();
  const acts: Act[] = [];
  const calls: Call[] = [];
  const used = new Map<Fault, number>();
  let volatileCount = 0;

  for (const { letter, status } of history.reports) {
    versions.set(reportIdOf(letter), [{ fromMs: LONG_AGO_MS, status, edition: 0, modifiedMs: LONG_AGO_MS }]);
  }

  const now = () => time.now();
  const current = (reportId: string) => versions.get(reportId)?.at(-1) ?? null;
  const change = (reportId: string, to: Partial<Version>) => {
    const before = current(reportId);
    if (before === null) return;
    versions.get(reportId)?.push({ ...before, ...to, fromMs: now() });
  };
  const touch = (reportId: string) => {
    const stamp = () => change(reportId, { modifiedMs: now() });
    if (service.timeLateInMs === 0) stamp();
    else time.at(now() + service.timeLateInMs, stamp);
  };
  const record = (act: Omit<Act, 'atMs' | 'from' | 'to'>, to: Status | null, isTouched: boolean) => {
    const from = current(act.reportId)?.status ?? null;
    acts.push({ ...act, atMs: now(), from, to });
    if (from !== to) change(act.reportId, { status: to });
    if (isTouched && service.time !== 'never') touch(act.reportId);
  };

  /** Active below the fault's own limits, counted where it befalls only so many. */
  const fault = <Kind extends Fault['kind']>(
    kind: Kind,
    fits: (one: Extract<Fault, { kind: Kind }>) => boolean = () => true,
  ): Extract<Fault, { kind: Kind }> | null => {
    for (const one of faults) {
      if (!isKind(one, kind) || now() < one.fromMs || now() >= one.untilMs || !fits(one)) continue;
      const count = used.get(one) ?? 0;
      if ('times' in one && count >= one.times) continue;
      used.set(one, count + 1);
      return one;
    }
    return null;
  };
  const isHidden = (reportId: string) =>
    fault('hidden', ({ letter }) => reportIdOf(letter) === reportId) !== null;

  const envelope = (value: readonly unknown[], more: object = {}) => ({
    value,
    nextLink: null,
    totalCount: value.length,
    message: null,
    statusCode: 200,
    dataRedacted: false,
    ...more,
  });
  const notFound = (looks: readonly Look[] = []): Answer => ({
    status: 404,
    body: envelope([], { message: 'No item found with given filters.', statusCode: 404 }),
    looks,
    says: 'notFound',
  });
  const view = (source: Source, reportId: string, version: Version) => {
    volatileCount += 1;
    return showReport(service, source, { reportId, letter: letterOf(reportId), version }, volatileCount);
  };
  const showsTime = (source: Source) => !service.missing[source].includes('modifiedTime');

  const get = (reportId: string): Answer => {
    if (fault('getRefused') !== null) return broken(dice.pick([500, 503]));
    const asOfMs = now() - dice.pick(service.replicasBehindInMs);
    const version = versionAt(versions.get(reportId) ?? [], asOfMs);
    const look = { reportId, asOfMs, status: version?.status ?? null, showsTime: showsTime('get') };
    if (isHidden(reportId)) return notFound([{ ...look, status: null, isGlitch: true }]);
    if (version === null || version.status === null) return notFound([{ ...look, isGlitch: false }]);
    const odd = fault('glitch', (one) => one.source === 'get' && reportIdOf(one.letter) === reportId);
    if (odd?.shows === 'notFound') return notFound([{ ...look, status: null, isGlitch: true }]);
    const shown = odd === null ? version : glitched(version, odd.shows);
    return {
      status: 200,
      body: envelope([view('get', reportId, shown)]),
      looks: [
        {
          ...look,
          status: shown.status,
          isGlitch: odd !== null && shown.status !== version.status,
          showsTime: look.showsTime && odd === null,
        },
      ],
      says: `${shown.status}`,
    };
  };

  const list = (url: URL): Answer => {
    if (fault('listRefused') !== null) return broken(dice.pick([403, 500, 503]));
    const name = url.searchParams.get('reportName');
    const page = Number(url.searchParams.get('page') ?? '0');
    const asOfMs = now() - dice.between(0, service.listLagInMs);
    const isEmpty = fault('listEmpty') !== null;
    const omitted = faults.flatMap((one) =>
      one.kind === 'listOmits' && now() >= one.fromMs && now() < one.untilMs ? [one.status] : [],
    );
    const rows = [...versions].flatMap(([reportId, known]) => {
      const version = versionAt(known, asOfMs);
      if (isEmpty || version === null || version.status === null || isHidden(reportId)) return [];
      if (name !== null) return [];
      const odd = fault('glitch', (one) => one.source === 'list' && reportIdOf(one.letter) === reportId);
      if (odd?.shows === 'notFound') return [];
      const shown = odd === null ? version : glitched(version, odd.shows);
      return shown.status === null || omitted.includes(shown.status) ? [] : [{ reportId, shown, odd }];
    });
    const size = service.pageSize ?? Math.max(1, rows.length);
    // A row more or less before the page, as where somebody made or deleted one meanwhile.
    const shift = page > 0 && fault('pagesShift') !== null ? dice.pick([-1, 1]) : 0;
    const from = Math.max(0, page * size + shift);
    const shown = rows.slice(from, (page + 1) * size + shift);
    const isLast = (page + 1) * size >= rows.length;
    if (rows.length === 0) {
      return dice.chance(0.5) ? notFound() : { status: 200, body: envelope([]), says: 'empty' };
    }
    return {
      status: 200,
      body: envelope(
        shown.map((row) => view('list', row.reportId, row.shown)),
        { nextLink: isLast ? null : `ScheduledReport?page=${page + 1}`, totalCount: rows.length },
      ),
      looks: shown.map(({ reportId, shown: { status }, odd }) => ({
        reportId,
        asOfMs,
        status,
        isGlitch: odd !== null,
        showsTime: showsTime('list'),
      })),
      says: 'listed',
    };
  };

  /** Does what the PUT asks; false where the report does not let it. */
  const apply = (call: Call, verb: 'pause' | 'resume', reportId: string): boolean => {
    const wanted: Status = verb === 'pause' ? 'Paused' : 'Active';
    const status = current(reportId)?.status ?? null;
    call.effectMs = now();
    if (status === null || status === 'Inactive') return false;
    const isRepeat = status === wanted;
    if (isRepeat && service.repeatIsRefused) return false;
    record(
      { by: 'app', does: verb, reportId, call: call.seq },
      wanted,
      !isRepeat || service.time === 'always',
    );
    return true;
  };

  const put = (call: Call, verb: 'pause' | 'resume', reportId: string): Reply => {
    const wanted: Status = verb === 'pause' ? 'Paused' : 'Active';
    const before = current(reportId);
    if (before === null || before.status === null || isHidden(reportId)) return notFound();
    const befallen = fault(
      'put',
      (one) => one.verb === verb && (one.letter === null || reportIdOf(one.letter) === reportId),
    );
    const fate: PutFate | 'ok' = befallen?.fate ?? 'ok';
    const later = () => time.at(now() + (befallen?.delayInMs ?? 0), () => void apply(call, verb, reportId));
    const shown = (status: Status): Answer => ({
      status: 200,
      body: envelope([view('put', reportId, { ...(current(reportId) ?? before), status })]),
      says: `shows ${status}`,
    });
    const claimed = () => shown(service.putShows === 'after' ? wanted : (before.status ?? wanted));
    switch (fate) {
      case 'ok': {
        if (before.status === 'Inactive') return dice.chance(0.5) ? notFound() : refused(400);
        return apply(call, verb, reportId) ? claimed() : refused(400);
      }
      case 'okWithoutEffect':
        return claimed();
      case 'okLate':
        later();
        return claimed();
      case 'refusedWithEffect':
        apply(call, verb, reportId);
        return refused(dice.pick([400, 404, 409]));
      case 'refusedWithoutEffect':
        return refused(dice.pick([400, 403]));
      case 'brokenWithEffect':
        apply(call, verb, reportId);
        return broken(dice.pick([500, 502, 503, 503]));
      case 'brokenWithoutEffect':
        return broken(dice.pick([500, 502, 503, 503]));
      case 'lostWithEffect':
        apply(call, verb, reportId);
        return 'lost';
      case 'lostWithoutEffect':
        return 'lost';
      case 'silentWithEffect':
        apply(call, verb, reportId);
        return 'silent';
      case 'silentWithoutEffect':
        return 'silent';
      case 'silentLate':
        later();
        return 'silent';
      case 'errorUnder200WithEffect':
        apply(call, verb, reportId);
        return {
          status: 200,
          body: envelope([], { statusCode: 500, message: 'Service unavailable' }),
          says: '200/500',
        };
      case 'throttled':
        return {
          status: 429,
          body: { statusCode: 429, message: 'Rate limit is exceeded.' },
          headers: { 'retry-after': '5' },
          says: '429',
        };
    }
  };

  const serve = (call: Call, url: URL): Reply => {
    if (fault('signInLost') !== null) return refused(401);
    if (call.kind === 'list') return list(url);
    if (call.reportId === null || call.kind === 'other') {
      const message = 'There are no executions that have occurred for the given filter conditions.';
      return { status: 404, body: envelope([], { message, statusCode: 404 }), says: 'none' };
    }
    return call.kind === 'get' ? get(call.reportId) : put(call, call.kind, call.reportId);
  };

  for (const one of faults) {
    if (one.kind === 'runsOut') {
      const reportId = reportIdOf(one.letter);
      time.at(one.fromMs, () => {
        const isThere = (current(reportId)?.status ?? null) !== null;
        if (isThere) record({ by: 'service', does: 'runOut', reportId, call: null }, 'Inactive', false);
      });
    }
  }
  if (service.time === 'byItself') {
    const move = () => {
      for (const [reportId] of versions) if (current(reportId)?.status !== null) touch(reportId);
      if (now() < history.quietMs + history.settlesInMs) time.at(now() + service.movesEveryMs, move);
    };
    time.at(BEGIN_MS + service.movesEveryMs, move);
  }

  return {
    versions,
    acts,
    calls,
    canSignIn: () =>
      !faults.some((one) => one.kind === 'signInLost' && now() >= one.fromMs && now() < one.untilMs),
    act: ({ does, letter }) => {
      const reportId = reportIdOf(letter);
      const status = current(reportId)?.status ?? null;
      const act = { by: 'human', does, reportId, call: null } as const;
      if (does === 'recreate') {
        const twin = reportIdOf(letter.toLowerCase());
        if (versions.has(twin)) return;
        versions.set(twin, [{ fromMs: now(), status: 'Active', edition: 0, modifiedMs: null }]);
        acts.push({ ...act, atMs: now(), reportId: twin, from: null, to: 'Active' });
      } else if (status === null) {
        return;
      } else if (does === 'delete') {
        record(act, null, false);
      } else if (does === 'edit') {
        change(reportId, { edition: (current(reportId)?.edition ?? 0) + 1 });
        record(act, status, true);
      } else if (status !== 'Inactive') {
        const wanted: Status = does === 'pause' ? 'Paused' : 'Active';
        record(act, wanted, status !== wanted || service.time === 'always');
      }
    },
    send: (process, request) => {
      const { url } = request;
      const path = /ScheduledReport(?:\/(\w+)\/([0-9a-f-]+))?$/i.exec(url.pathname);
      const id = path?.[2] ?? url.searchParams.get('reportId');
      const call: Call = {
        seq: calls.length,
        process,
        kind: kindOf(request, path?.[1] ?? null),
        reportId: id?.toLowerCase() ?? null,
        sentMs: now(),
        ...{ effectMs: null, answeredMs: null, answer: 'none', looks: [] },
      };
      calls.push(call);
      const wayInMs = dice.between(5, service.latencyInMs);
      const wayBackInMs = dice.between(5, service.latencyInMs);
      return new Promise((resolve) => {
        const answered = (exchange: Exchange) => {
          cancelLimit();
          resolve({ call, exchange });
        };
        const cancelLimit = time.at(now() + request.limitInMs, () => {
          call.answer = 'timeout';
          resolve({ call, exchange: unanswered('timeout', 'timeout') });
        });
        time.at(now() + wayInMs, () => {
          const reply = serve(call, url);
          call.answer = typeof reply === 'string' ? reply : reply.says;
          if (reply === 'silent') return;
          time.at(now() + wayBackInMs, () => {
            if (reply === 'lost') return answered(unanswered('network', 'ECONNRESET'));
            call.looks = reply.looks ?? [];
            answered(answerOf(reply, now() + service.dateAheadInMs));
          });
        });
      });
    },
  };
}

function isKind<Kind extends Fault['kind']>(
  fault: Fault,
  kind: Kind,
): fault is Extract<Fault, { kind: Kind }> {
  return fault.kind === kind;
}

function kindOf({ method, url }: ExchangeRequest, verb: string | null): Call['kind'] {
  if (method === 'PUT') return verb === 'pause' || verb === 'resume' ? verb : 'other';
  if (verb !== null) return 'other';
  return url.searchParams.has('reportId') ? 'get' : 'list';
}

function glitched(version: Version, shows: Glitch): Version {
  switch (shows) {
    case 'noTime':
      return { ...version, modifiedMs: null };
    case 'olderTime':
      return {
        ...version,
        modifiedMs: version.modifiedMs === null ? null : version.modifiedMs - OLDER_BY_MS,
      };
    case 'notFound':
      return { ...version, status: null };
    default:
      return { ...version, status: shows };
  }
}

function refused(status: number): Answer {
  const message = status === 401 ? 'Unauthorized' : 'Invalid report parameters';
  const body = { value: [], nextLink: null, totalCount: 0, message, statusCode: status };
  return { status, body, says: `${status}` };
}

function broken(status: number): Answer {
  return { status, body: '<html>Service unavailable</html>', says: `${status}` };
}

function unanswered(reason: 'timeout' | 'network', detail: string): Exchange {
  return { kind: 'unanswered', reason, neverSent: false, detail };
}

/** `Date` has whole seconds. */
function answerOf({ status, body, headers }: Answer, dateMs: number): Exchange {
  return {
    kind: 'answered',
    status,
    reasonPhrase: '',
    headers: new Map(
      Object.entries({
        date: new Date(dateMs).toUTCString(),
        'content-type': 'application/json',
        ...headers,
      }),
    ),
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
