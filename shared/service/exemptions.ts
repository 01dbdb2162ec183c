import { asLedgerError } from '../ledger/ledgerError.ts';
import { type Exemption, isExemptingAt } from '../model/exemption.ts';
import { runInSlices } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { effectOfExemptions, leftOutByEach } from './exemptionEffect.ts';
import { endedEvent, madeEvent } from './exemptionEvents.ts';
import type { ExemptionChange, ShownExemptions } from './exemptionOutcome.ts';
import { refuseExemption } from './exemptionQuota.ts';
import type { QuotaRefusal } from './holdQuota.ts';
import { type AccountView, readAccount } from './readAccount.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { shownExemption } from './shownExemption.ts';
import { whoAsked } from './whoAsked.ts';
import { windowsForDoor } from './windowsNow.ts';

/** What `POST /api/exemptions` asks for, parsed and named. */
export interface ExemptionRequest
  extends Pick<Exemption, 'id' | 'asked' | 'reports' | 'windows' | 'untilMs' | 'timeZone'> {
  readonly account: string;
  readonly reason: string;
}

/** What became of a request for an exemption, or for its end. */
export type ExemptionOutcome =
  | { readonly kind: 'told'; readonly change: ExemptionChange }
  | { readonly kind: 'unknownAccount' }
  | { readonly kind: 'unknownExemption' }
  /** Where names stand of windows that the account does not have; where not all windows could be read it may have them. */
  | { readonly kind: 'unknownWindows'; readonly positions: readonly number[]; readonly areReadable: boolean }
  /** Its key came with another request before. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'refused'; readonly refusal: QuotaRefusal };

/** An exemption with the account that it stands at. */
interface Found {
  readonly runtime: AccountRuntime;
  readonly exemption: Exemption;
}

/** Whichever account it is of; null where there is none. @throws LedgerError */
async function findExemption({ ledger, accounts }: ServiceParts, id: string): Promise<Found | null> {
  const all = await ledger.exemptions.ofAll(accounts.map(({ accountKey }) => accountKey));
  for (const runtime of accounts) {
    const exemption = all.get(runtime.accountKey)?.find((one) => one.id === id);
    if (exemption !== undefined) return { runtime, exemption };
  }
  return null;
}

/**
 * Writes down that reports are left out of windows. From the next tick on whoever asks what these windows select gets it; nothing
 * is done here, so that a kill after the write loses nothing. A request of the same id replaces its own earlier one, unless that had a
 * key, or a later request changed it. @throws LedgerError
 */
export async function makeExemption(
  parts: ServiceParts,
  request: ExemptionRequest,
  call: DoorCall,
  isDry: boolean,
): Promise<ExemptionOutcome> {
  const runtime = parts.accounts.find(({ account }) => account.name === request.account);
  if (runtime === undefined) {
    return { kind: 'unknownAccount' };
  }
  const unknown = await unknownWindows(parts, request);
  if (unknown !== null) {
    return unknown;
  }
  const { ledger, clock } = parts;
  const { accountKey } = runtime;
  const { id, asked, reports, windows, untilMs, timeZone } = request;
  const terms = { id, asked, reports, windows, untilMs, timeZone };
  const who = { caller: call.caller, by: whoAsked(call), why: request.reason, atMs: clock.now() };
  const all = await ledger.exemptions.ofAccount(accountKey);
  const refusal = refuseExemption(all, { id, caller: call.caller });
  if (refusal !== null) {
    return { kind: 'refused', refusal };
  }
  const place = isDry ? Number.MAX_SAFE_INTEGER : await ledger.order.arrive(accountKey, null);
  const fresh: Exemption = { ...terms, ...who, place, ended: null };
  const made = isDry
    ? fresh
    : await ledger.exemptions.change(accountKey, id, (stored) =>
        stored !== null && (stored.asked !== null || stored.place > place)
          ? null
          : { exemption: fresh, event: madeEvent(fresh) },
      );
  const exemption = made ?? fresh;
  if (exemption.asked !== asked) {
    return { kind: 'mismatch' };
  }
  return told(parts, { runtime, exemption }, { call, isDry, was: null });
}

/** Ends an exemption before its time: a window that is open takes its reports in again. One that is over stays as it is. @throws LedgerError */
export async function endExemption(
  parts: ServiceParts,
  { id, reason }: { readonly id: string; readonly reason: string },
  call: DoorCall,
  isDry: boolean,
): Promise<ExemptionOutcome> {
  const found = await findExemption(parts, id);
  if (found === null) {
    return { kind: 'unknownExemption' };
  }
  const { runtime, exemption: was } = found;
  const nowMs = parts.clock.now();
  const ended = { by: whoAsked(call), why: reason, atMs: nowMs };
  if (!isExemptingAt(was, nowMs)) {
    return told(parts, found, { call, isDry, was });
  }
  if (isDry) {
    return told(parts, { runtime, exemption: { ...was, ended } }, { call, isDry, was });
  }
  const place = await parts.ledger.order.arrive(runtime.accountKey, null);
  const left = await parts.ledger.exemptions.change(runtime.accountKey, id, (stored) => {
    if (stored === null || stored.ended !== null || stored.place > place) return null;
    const exemption = { ...stored, ended, place };
    return { exemption, event: endedEvent(exemption) };
  });
  return left === null
    ? { kind: 'unknownExemption' }
    : told(parts, { runtime, exemption: left }, { call, isDry, was });
}

/** Every exemption that is kept: those that count, the first to end first, and then what is over. @throws LedgerError */
export async function showExemptions(
  parts: ServiceParts,
  call: DoorCall,
  account: string | null,
): Promise<ShownExemptions> {
  const nowMs = parts.clock.now();
  const all = await parts.ledger.exemptions.ofAll(parts.accounts.map(({ accountKey }) => accountKey));
  const shown: { readonly exemption: Exemption; readonly shown: ShownExemptions['exemptions'][number] }[] =
    [];
  const problems: { account: string; code: string; message: string }[] = [];
  for (const runtime of parts.accounts) {
    const { name } = runtime.account;
    const own = all.get(runtime.accountKey) ?? [];
    if (own.length === 0 || (account !== null && account !== name)) continue;
    const isAnyAlive = own.some((exemption) => isExemptingAt(exemption, nowMs));
    const view = isAnyAlive ? await viewOf(parts, runtime, call) : null;
    if (view?.ok === false) problems.push({ account: name, ...view.failure });
    const leftOut =
      view?.ok === true ? await runInSlices(leftOutByEach(view, own, nowMs), parts.giveWay) : null;
    for (const exemption of own) {
      const leavesOut = leftOut?.get(exemption.id) ?? null;
      shown.push({ exemption, shown: shownExemption(exemption, { account: name, nowMs, leavesOut }) });
    }
  }
  const rank = ({ exemption }: (typeof shown)[number]) => (isExemptingAt(exemption, nowMs) ? 0 : 1);
  const inOrder = shown.toSorted(
    (one, other) => rank(one) - rank(other) || one.exemption.untilMs - other.exemption.untilMs,
  );
  return { exemptions: inOrder.map((one) => one.shown), problems };
}

/** An exemption that was asked for before, as it is now, and what was asked then; null where there is none. @throws LedgerError */
export async function tellExemption(parts: ServiceParts, id: string, call: DoorCall) {
  const found = await findExemption(parts, id);
  return found === null
    ? null
    : { asked: found.exemption.asked, outcome: await told(parts, found, { call, isDry: false, was: null }) };
}

async function unknownWindows(
  parts: ServiceParts,
  { account, windows }: Pick<ExemptionRequest, 'account' | 'windows'>,
): Promise<ExemptionOutcome | null> {
  if (windows === null) {
    return null;
  }
  const configured = await windowsForDoor(parts);
  const own = configured.windows.filter((window) => window.account === account).map(({ name }) => name);
  // What is invalid may be mended; which account it is of cannot be told.
  const known = new Set([...own, ...configured.invalidNames]);
  const positions = windows.flatMap((name, at) => (known.has(name) ? [] : [at]));
  const { areReadable } = configured;
  return positions.length === 0 ? null : { kind: 'unknownWindows', positions, areReadable };
}

/** What is so now, and what comes of it, against what was so before: no such exemption where `was` is null. */
async function told(
  parts: ServiceParts,
  { runtime, exemption }: Found,
  how: {
    readonly call: DoorCall;
    readonly isDry: boolean;
    readonly was: Exemption | null;
  },
): Promise<ExemptionOutcome> {
  const { call, isDry, was } = how;
  const view = await viewOf(parts, runtime, call);
  const nowMs = parts.clock.now();
  const account = runtime.account.name;
  const leftOut = view.ok
    ? await runInSlices(leftOutByEach(view, [exemption], nowMs), parts.giveWay)
    : new Map();
  const change: ExemptionChange = {
    exemption: shownExemption(exemption, { account, nowMs, leavesOut: leftOut.get(exemption.id) ?? null }),
    effect: view.ok ? await effect(parts, view, { exemption, was }) : null,
    actsUtc: utcText(parts.nextTickMs(nowMs)),
    dryRun: isDry,
  };
  return { kind: 'told', change };
}

/** What is written stays so, whatever fails of looking at it. */
async function viewOf(parts: ServiceParts, runtime: AccountRuntime, call: DoorCall): Promise<AccountView> {
  try {
    return await readAccount(parts, runtime, call);
  } catch (error) {
    const { code, message } = asLedgerError(error);
    return { ok: false, failure: { code, message } };
  }
}

function effect(
  parts: ServiceParts,
  view: Extract<AccountView, { ok: true }>,
  { exemption, was }: { readonly exemption: Exemption; readonly was: Exemption | null },
) {
  const others = view.snapshot.exemptions.flatMap((one) =>
    one.exemption.id === exemption.id ? [] : [one.exemption],
  );
  const before = was === null ? others : [...others, was];
  return effectOfExemptions(parts, view, { before, after: [...others, exemption] });
}
