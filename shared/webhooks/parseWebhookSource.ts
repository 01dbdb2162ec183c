import { parseDurationMs } from '../windows/duration.ts';
import { parseReportSelector } from '../windows/parseReportSelector.ts';
import { faultsOf } from '../windows/windowFields.ts';
import { quote, within } from '../windows/windowProblem.ts';
import { isKnownRegion, regionKey } from './azureRegions.ts';
import { WEBHOOK_ACTIONS } from './instruction.ts';
import { readProof } from './readProof.ts';
import { type SourceInput, sourceInput } from './sourceFields.ts';
import type { ParsedPart, SourceFault } from './webhookProblem.ts';
import type { WebhookFormat, WebhookSource } from './webhookSource.ts';

/** One source of the configuration, with every fault of it at once. */
export function parseWebhookSource(input: unknown, defaultAccount: string | null): ParsedPart<WebhookSource> {
  const read = sourceInput.safeParse(input);
  if (!read.success) return { ok: false, faults: [...faultsOf(read.error, input), ...reportFaults(input)] };
  const { data } = read;
  const reports = within(['reports'], parseReportSelector(data.reports));
  const defaultHold = within(['defaultHold'], parseDurationMs(data.defaultHold));
  const maxHold = within(['maxHold'], parseDurationMs(data.maxHold));
  const account = data.account ?? defaultAccount;
  const proof = readProof(data);
  const faults = [
    ...(account === null ? [noAccount] : []),
    ...proof.faults,
    ...[reports, defaultHold, maxHold].flatMap((part): readonly SourceFault[] => part.faults),
    ...actionFaults(data),
  ];
  if (
    account === null ||
    !proof.ok ||
    !reports.ok ||
    !defaultHold.ok ||
    !maxHold.ok ||
    faults.some(({ severity }) => severity === 'error')
  ) {
    return { ok: false, faults };
  }
  if (defaultHold.value > maxHold.value) {
    return { ok: false, faults: [...faults, defaultOverMaximum(data)] };
  }
  const source: WebhookSource = {
    name: data.name,
    format: formatOf(data),
    ...proof.value,
    account,
    reports: reports.value,
    maxReports: data.maxReports,
    defaultHoldMs: defaultHold.value,
    maxHoldMs: maxHold.value,
    ratePerMinute: data.ratePerMinute,
    retired: data.retired,
  };
  const warnings = [...replayWarnings(source), ...overOwnLimit(source), ...unknownRegions(data)];
  return { ok: true, value: source, faults: [...faults, ...warnings] };
}

const noAccount: SourceFault = {
  ...{ path: ['account'], code: 'missing_property', severity: 'error' },
  message: '"account" is missing: there are several accounts.',
};

function formatOf(data: SourceInput): WebhookFormat {
  switch (data.kind) {
    case 'cloudEvents':
      return { kind: 'cloudEvents', allowedOrigins: [...new Set(data.allowedOrigins)] };
    case 'azureMonitor': {
      const { otherAlerts, services, regions } = data;
      return { kind: 'azureMonitor', otherAlerts, services, regions: regions.map(regionKey) };
    }
    case 'generic':
      return { kind: 'generic', fields: data.fields };
    default:
      return { kind: data.kind };
  }
}

/** So that a fault elsewhere does not hide what is wrong with the choice of reports. */
function reportFaults(input: unknown): readonly SourceFault[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  const parsed = parseReportSelector('reports' in input ? input.reports : undefined);
  return within(['reports'], parsed).faults;
}

function actionFaults(data: SourceInput): readonly SourceFault[] {
  if (data.kind !== 'generic') return [];
  const known: readonly string[] = WEBHOOK_ACTIONS;
  return [...(data.fields.action.values ?? [])]
    .filter(([, meaning]) => !known.includes(meaning))
    .map(([value, meaning]) => ({
      path: ['fields', 'action', 'values', value],
      code: 'bad_action_value',
      message: `${quote(meaning)} is no action. Write pause, resume or ignore.`,
      severity: 'error',
    }));
}

function defaultOverMaximum({ defaultHold, maxHold }: SourceInput): SourceFault {
  return {
    path: ['defaultHold'],
    code: 'default_over_maximum',
    message: `defaultHold ${quote(defaultHold)} is longer than maxHold ${quote(maxHold)}.`,
    severity: 'error',
  };
}

/** A bare HMAC says nothing about when, so that a caught delivery works again later unless the body says more. */
function replayWarnings({ authentication, format }: WebhookSource): readonly SourceFault[] {
  if (authentication.type !== 'hmac' || format.kind !== 'generic' || format.fields.sentAt !== null) return [];
  return [
    {
      path: ['fields'],
      code: 'no_replay_protection',
      message:
        'The payload\'s own instant is not read, so an old delivery cannot be told from a new one. Name "sentAt" if the sender writes it.',
      severity: 'warning',
    },
  ];
}

/** An alert of a region that is spelled otherwise would be ignored, and nobody would know before the maintenance. */
function unknownRegions(data: SourceInput): readonly SourceFault[] {
  if (data.kind !== 'azureMonitor') return [];
  return data.regions.flatMap((region, index): readonly SourceFault[] =>
    isKnownRegion(regionKey(region))
      ? []
      : [
          {
            path: ['regions', index],
            code: 'unknown_region',
            message: `${quote(region)} is no region of Azure that is known here, so that no alert may match it. Write a name such as "East US" or "eastus", as "az account list-locations" shows them.`,
            severity: 'warning',
          },
        ],
  );
}

function overOwnLimit({ reports, maxReports }: WebhookSource): readonly SourceFault[] {
  if (reports.kind !== 'ids' || reports.reportIds.length <= maxReports) return [];
  const message = `The source names ${reports.reportIds.length} reports, but may pause ${maxReports} at most: a delivery that means all of them will pause none. Raise maxReports.`;
  return [{ path: ['maxReports'], code: 'more_ids_than_max_reports', message, severity: 'warning' }];
}
