import type { Family } from './model/report.ts';

/** One published version of the API. */
export interface Surface {
  name: 'mpn-v1' | 'cmp-v1' | 'cmp-v1.1';
  family: Family;
  basePath: string;
}

/** The three surfaces, longest documented history first. Sources: the "available APIs" pages of mpn and cmp. */
export const surfaces: readonly Surface[] = [
  { name: 'mpn-v1', family: 'mpn', basePath: '/insights/v1/mpn' },
  { name: 'cmp-v1', family: 'cmp', basePath: '/insights/v1/cmp' },
  { name: 'cmp-v1.1', family: 'cmp', basePath: '/insights/v1.1/cmp' },
];
