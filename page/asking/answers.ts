// What the app answers, as its own schemas say it; nothing of them is in the page.
import type { z } from 'zod';
import type { shownAccounts } from '../../shared/http/answers/accountsAnswer.ts';
import type { healthDetails, me } from '../../shared/http/answers/otherAnswers.ts';
import type { plan } from '../../shared/http/answers/planAnswer.ts';
import type { explainedReport, shownReports } from '../../shared/http/answers/reportAnswers.ts';
import type { accepted, run } from '../../shared/http/answers/runAnswer.ts';
import type { shownWindows, windowAlone } from '../../shared/http/answers/windowsAnswer.ts';

export type Reports = z.infer<typeof shownReports>;
export type Report = Reports['reports'][number];
export type Hold = Report['holds'][number];
export type Attention = Report['attention'][number];
export type ExplainedReport = z.infer<typeof explainedReport>;
export type Windows = z.infer<typeof shownWindows>;
export type Window = Windows['windows'][number];
export type WindowAlone = z.infer<typeof windowAlone>;
export type Accounts = z.infer<typeof shownAccounts>;
export type Account = Accounts['accounts'][number];
export type Health = z.infer<typeof healthDetails>;
export type Plan = z.infer<typeof plan>;
export type Me = z.infer<typeof me>;
export type Role = Me['roles'][number];
export type Run = z.infer<typeof run>;
export type Accepted = z.infer<typeof accepted>;
