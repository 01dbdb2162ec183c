import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Exemption } from '../model/exemption.ts';
import { utcText } from '../windows/formatInstant.ts';
import { quote } from '../windows/windowProblem.ts';

/** Somebody left reports out of windows. Pure. */
export function madeEvent(exemption: Exemption): ReportEvent {
  const { id, windows, untilMs, by, why } = exemption;
  const of =
    windows === null
      ? 'every window'
      : `${windows.length === 1 ? 'window' : 'windows'} ${windows.join(', ')}`;
  const detail = `${meant(exemption)} left out of ${of} until ${utcText(untilMs)}, says ${by}: ${why} (exemption ${id})`;
  return { name: 'ReportsExempted', reportId: '', reportName: '', detail, about: id };
}

/** Somebody ended that before its time. Pure. */
export function endedEvent({ id, ended, ...exemption }: Exemption): ReportEvent {
  const detail = `no longer left out: ${meant(exemption)}, says ${ended?.by ?? ''}: ${ended?.why ?? ''} (exemption ${id})`;
  return { name: 'ExemptionEnded', reportId: '', reportName: '', detail, about: id };
}

const MAX_IDS_TOLD = 5;

function meant({ reports }: Pick<Exemption, 'reports'>): string {
  if (reports.kind === 'ids') {
    const { reportIds } = reports;
    const more = reportIds.length > MAX_IDS_TOLD ? ` and ${reportIds.length - MAX_IDS_TOLD} more` : '';
    return `${reportIds.length === 1 ? 'report' : 'reports'} ${reportIds.slice(0, MAX_IDS_TOLD).join(', ')}${more}`;
  }
  const { all, namePattern, queryId } = reports;
  const said = [
    ...(namePattern === null ? [] : [`named ${quote(namePattern)}`]),
    ...(queryId === null ? [] : [`of query ${queryId}`]),
  ];
  return all ? 'every report' : `reports ${said.join(' and ')}`;
}
