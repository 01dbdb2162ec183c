import type { SignIn } from './signIn.ts';

/** One Partner Center sign-in: whose reports, by which API, as whom. */
export interface Account {
  /** `[a-z0-9-]{1,63}`. A label for people: ownership is keyed by tenant and surface, never by this. */
  readonly name: string;
  readonly tenantId: string;
  readonly surface: 'mpn' | 'cmp';
  /** Everything before `/ScheduledReport`, no slash at the end, e.g. `https://api.partnercenter.microsoft.com/insights/v1/mpn`. */
  readonly baseUrl: string;
  readonly signIn: SignIn;
  /** Most calls under way at once. */
  readonly maxConcurrency: number;
  /** Most calls begun in a second, on average; null sets no such ceiling. */
  readonly callsPerSecond: number | null;
}
