import type { Report } from '../asking/answers.ts';

/** What a report is to somebody who looks: one of these, the first that fits. */
export type Kind = 'attention' | 'ours' | 'foreign' | 'inactive' | 'active';

/** Sorts a report by what is so now. Pure. */
export function kindOf({ attention, ownership, status }: Report): Kind {
  if (attention.length > 0) return 'attention';
  if (isOurs({ ownership })) return 'ours';
  if (status === 'Paused') return 'foreign';
  return status === 'Inactive' ? 'inactive' : 'active';
}

/** Whether our pause stands, or is under way in either direction. Pure. */
export function isOurs({ ownership }: Pick<Report, 'ownership'>): boolean {
  return ownership === 'paused' || ownership === 'pausing' || ownership === 'resuming';
}

/** The hold that says best why a report is paused: the first, which ends last. Pure. */
export function mainHold({ holds }: Report): Report['holds'][number] | null {
  return holds.find(({ state }) => state === 'live') ?? holds[0] ?? null;
}

/** What tells a report from every other. Pure. */
export function keyOf({ account, reportId }: Pick<Report, 'account' | 'reportId'>): string {
  return `${account}/${reportId}`;
}

/** Reports that match all words of a search, by name, id, account or window. Pure. */
export function matching(reports: readonly Report[], search: string): readonly Report[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return reports;
  }
  return reports.filter((report) => {
    const text =
      `${report.reportName} ${report.reportId} ${report.account} ${report.holds.map(({ holder }) => holder).join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
