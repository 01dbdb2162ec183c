import { type Hold, isLiveAt } from '../model/hold.ts';
import type { Teller } from '../telemetry/teller.ts';
import { utcText } from '../windows/formatInstant.ts';
import { type ActiveIntent, type Applied, applyIntent } from './applyIntent.ts';
import { type Intent, ignored, type Mapped, notMapped } from './intent.ts';
import type { SourceReports } from './meantReports.ts';
import { tellWebhook } from './webhookEvent.ts';
import type { WebhookParts } from './webhookParts.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What became of all events of one delivery. */
export interface Handled {
  /** As they were mapped, with those refused that could not be done. */
  readonly outcomes: readonly Mapped[];
  /** Reports whose holds are changed in a way that asks for something now. */
  readonly touched: ReadonlySet<string>;
  /** The holds that were written and are live. */
  readonly held: readonly Hold[];
  /** Events that are to be answered as done, once they are. */
  readonly claimed: readonly { readonly deliveryId: string; readonly saidAtMs: number }[];
  /** The status that an earlier delivery of the same events got; null where some are new. */
  readonly repeatedStatus: number | null;
  /** Some events were not dealt with, for lack of time or of the list of reports: the sender should send again. */
  readonly isCutShort: boolean;
}

/** Who sent, and on whose behalf it is handled. */
export interface Handling {
  readonly source: WebhookSource;
  readonly accountKey: string;
  readonly meant: () => Promise<SourceReports>;
  readonly teller: Teller;
  readonly correlationId: string;
  /** No further event is begun after it. */
  readonly untilMs: number;
}

/** Writes what each event asks for, one after the other. An event that came before changes nothing. @throws LedgerError */
export async function handleEvents(
  webhooks: WebhookParts,
  mapped: readonly Mapped[],
  handling: Handling,
): Promise<Handled> {
  const outcomes: Mapped[] = [];
  const touched = new Set<string>();
  const held: Hold[] = [];
  const claimed: { deliveryId: string; saidAtMs: number }[] = [];
  const repeated: number[] = [];
  let isCutShort = false;
  for (const one of mapped) {
    if (!one.ok || one.intent.action === 'ignore') {
      tellUnheard(handling, one);
      outcomes.push(one);
      continue;
    }
    if (webhooks.parts.clock.now() >= handling.untilMs) {
      isCutShort = true;
      break;
    }
    const { deliveryId } = one.intent;
    const { saidAtMs } = one.intent;
    const place = await webhooks.parts.ledger.order.arrive(handling.accountKey, null);
    const seen = await webhooks.deliveries.claim(handling.source.name, deliveryId, { saidAtMs, place });
    if (seen.answered !== null) {
      repeated.push(seen.answered);
      outcomes.push(one);
      tellIgnored(handling, one.intent, 'repeated');
      continue;
    }
    // The first time counts: where the sender dates nothing, a late repeat would pass for news.
    const intent: ActiveIntent = { ...one.intent, saidAtMs: seen.saidAtMs };
    const applied = await applyIntent(webhooks, { ...handling, intent, place: seen.place });
    tellApplied(handling, intent, applied);
    if (applied.kind === 'unknownReports') {
      isCutShort = true;
      continue;
    }
    if (applied.kind === 'refused') {
      outcomes.push(notMapped(applied.code));
      continue;
    }
    if (applied.kind === 'notBegun') {
      // Not remembered: sent again once MODE is act, it counts.
      outcomes.push(ignored(applied.because, intent));
      continue;
    }
    outcomes.push(one);
    claimed.push({ deliveryId, saidAtMs: seen.saidAtMs });
    const nowMs = webhooks.parts.clock.now();
    const written = applied.kind === 'applied' ? applied.holds : [];
    held.push(...written.filter((hold) => isLiveAt(hold, nowMs)));
    for (const { reportId } of written) touched.add(reportId);
  }
  const repeatedStatus = claimed.length === 0 && repeated.length > 0 ? Math.max(...repeated) : null;
  return { outcomes, touched, held, claimed, repeatedStatus, isCutShort };
}

function tellUnheard(handling: Handling, one: Mapped): void {
  if (one.ok) {
    if (one.intent.action === 'ignore') tellIgnored(handling, one.intent, one.intent.because);
    return;
  }
  const { code, field } = one;
  tellWebhook(handling.teller, 'warn', 'WebhookEventRefused', { ...whose(handling), code, field });
}

function tellIgnored(
  handling: Handling,
  { key, deliveryId }: Pick<Intent, 'key' | 'deliveryId'>,
  because: string,
): void {
  const facts = { ...whose(handling), key, deliveryId, because };
  tellWebhook(handling.teller, 'info', 'WebhookIgnored', facts);
}

function tellApplied(handling: Handling, intent: ActiveIntent, applied: Applied): void {
  const { key, deliveryId, action } = intent;
  const common = { ...whose(handling), key, deliveryId, action };
  switch (applied.kind) {
    case 'nothingNew':
      tellIgnored(handling, intent, applied.because);
      break;
    case 'refused':
      tellWebhook(handling.teller, 'warn', 'WebhookEventRefused', { ...common, code: applied.code });
      break;
    case 'unknownReports': {
      const facts = { ...common, code: 'reports_unreadable' };
      tellWebhook(handling.teller, 'error', 'WebhookEventRefused', facts);
      break;
    }
    case 'notBegun':
    case 'applied': {
      const span =
        intent.action === 'pause'
          ? {
              fromUtc: utcText(intent.fromMs),
              untilUtc: utcText(intent.untilMs),
              untilBy: intent.untilBy,
              atMaximum: applied.atMaximum,
              denied: intent.deniedReportIds.length,
            }
          : {};
      const facts = { ...common, ...span, reason: intent.reason };
      if (applied.kind === 'notBegun') {
        const { because, holds } = applied;
        tellWebhook(handling.teller, 'info', 'WebhookNotBegun', { ...facts, because, holds });
      } else {
        tellWebhook(handling.teller, 'info', 'WebhookApplied', { ...facts, holds: applied.holds.length });
      }
    }
  }
}

function whose({ source, correlationId }: Handling) {
  return { source: source.name, correlationId };
}
