import { delivered, get, post, type Route } from './route.ts';

/**
 * Every route over HTTP by the name of its function, in the order in which people read of them. Loaded at each cold start, so it
 * says no more than a registration needs; what a route does, and what the document tells of it, is loaded at its first call.
 */
export const routes: Readonly<Record<string, Route>> = {
  pause: post('pause', 'Reports.Pause', () => import('./pause.ts')),
  resume: post('resume', 'Reports.Pause', () => import('./resume.ts')),
  endWindow: post('windows/{window}/end', 'Intermission.Operate', () => import('./endWindow.ts')),
  extendWindow: post('windows/{window}/extend', 'Intermission.Operate', () => import('./extendWindow.ts')),
  exempt: post('exemptions', 'Intermission.Operate', () => import('./exempt.ts')),
  endExemption: post('exemptions/{exemption}/end', 'Intermission.Operate', () => import('./endExemption.ts')),
  drain: post('drain', 'Intermission.Operate', () => import('./drain.ts')),
  acknowledge: post('acknowledge', 'Intermission.Operate', () => import('./acknowledge.ts')),
  relearn: post('accounts/{account}/relearn', 'Intermission.Operate', () => import('./relearn.ts')),
  adopt: post('adopt', 'Intermission.Operate', () => import('./adopt.ts')),
  tickNow: post('tick', 'Intermission.Operate', () => import('./tickNow.ts')),
  reports: get('reports', 'Reports.Read', () => import('./reports.ts')),
  report: get('reports/{reportId}', 'Reports.Read', () => import('./report.ts')),
  reportHistory: get('reports/{reportId}/history', 'Reports.Read', () => import('./reportHistory.ts')),
  occurrences: get('occurrences', 'Reports.Read', () => import('./occurrences.ts')),
  runs: get('runs', 'Reports.Read', () => import('./runs.ts')),
  plan: get('plan', 'Reports.Read', () => import('./plan.ts')),
  accounts: get('accounts', 'Reports.Read', () => import('./accounts.ts')),
  exemptions: get('exemptions', 'Reports.Read', () => import('./exemptions.ts')),
  windows: get('windows', 'Reports.Read', () => import('./windows.ts')),
  window: get('windows/{window}', 'Reports.Read', () => import('./window.ts')),
  windowReady: get('windows/{window}/ready', 'Reports.Read', () => import('./windowReady.ts')),
  run: get('runs/{runId}', 'Reports.Read', () => import('./run.ts')),
  runStatus: get('runs/{runId}/status', null, () => import('./runStatus.ts')),
  continueRun: post('runs/{runId}/continue', 'Intermission.Operate', () => import('./continueRun.ts')),
  health: get('health', null, () => import('./health.ts')),
  healthDetails: get('health/details', 'Reports.Read', () => import('./healthDetails.ts')),
  me: get('me', 'Reports.Read', () => import('./me.ts')),
  page: get('ui', null, () => import('./page.ts')),
  pageFile: get('ui/{file}', null, () => import('./pageFile.ts')),
  openApi: get('openapi.json', null, () => import('./openApi.ts')),
  webhook: delivered('webhooks/{source}', null, () => import('./webhook.ts')),
  consentTerms: get('accounts/{account}/consent', 'Intermission.Consent', () => import('./consentTerms.ts')),
  consent: post('accounts/{account}/consent', 'Intermission.Consent', () => import('./consent.ts')),
};
