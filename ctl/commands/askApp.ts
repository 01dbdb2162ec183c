import type { Command } from '../commandLine.ts';
import {
  accountsShape,
  explainedShape,
  healthShape,
  planShape,
  reportsShape,
  windowsShape,
} from '../connection/answers.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { tellAccounts } from '../telling/tellAccounts.ts';
import { tellHealth } from '../telling/tellHealth.ts';
import { tellPlan } from '../telling/tellPlan.ts';
import { tellStatus } from '../telling/tellStatus.ts';
import { tellWhy } from '../telling/tellWhy.ts';
import { areWindowsSound, tellWindows } from '../telling/tellWindows.ts';
import type { Style, Told } from '../telling/told.ts';

type Question = Extract<Command, { name: 'status' | 'plan' | 'windows' | 'accounts' | 'health' | 'why' }>;

/** Asks what changes nothing. Ends with 1 where not everything could be read, or a window is invalid. @throws CommandError */
export function askApp(question: Question, doors: Doors, style: Style): Promise<Told> {
  switch (question.name) {
    case 'status':
      return askStatus(doors, style);
    case 'plan':
      return askPlan(question, doors, style);
    case 'windows':
      return askWindows(doors, style);
    case 'accounts':
      return askAccounts(doors, style);
    case 'health':
      return askHealth(doors);
    case 'why':
      return askWhy(question.reportId, doors, style);
  }
}

async function askStatus(doors: Doors, style: Style): Promise<Told> {
  const [reportsAnswer, windowsAnswer] = await Promise.all([
    doors.get('/api/reports'),
    doors.get('/api/windows'),
  ]);
  const reports = expectAnswer(reportsAnswer, reportsShape);
  const windows = expectAnswer(windowsAnswer, windowsShape);
  return {
    exitCode: reports.problems.length === 0 && areWindowsSound(windows) ? 0 : 1,
    lines: tellStatus(reports, windows, style),
    answer: { reports: reportsAnswer.json, windows: windowsAnswer.json },
  };
}

async function askPlan(
  { at, until, reportId }: Extract<Question, { name: 'plan' }>,
  doors: Doors,
  style: Style,
): Promise<Told> {
  const query = new URLSearchParams({
    ...(at === null ? {} : { at }),
    ...(until === null ? {} : { until }),
    ...(reportId === null ? {} : { report: reportId }),
  });
  const answer = await doors.get(`/api/plan${query.size === 0 ? '' : `?${query}`}`);
  const plan = expectAnswer(answer, planShape);
  return { exitCode: plan.problems.length === 0 ? 0 : 1, lines: tellPlan(plan, style), answer: answer.json };
}

async function askWindows(doors: Doors, style: Style): Promise<Told> {
  const answer = await doors.get('/api/windows');
  const windows = expectAnswer(answer, windowsShape);
  return {
    exitCode: areWindowsSound(windows) ? 0 : 1,
    lines: tellWindows(windows, style),
    answer: answer.json,
  };
}

async function askAccounts(doors: Doors, style: Style): Promise<Told> {
  const answer = await doors.get('/api/accounts');
  const told = expectAnswer(answer, accountsShape);
  const isSound = told.accounts.every(({ failure }) => failure === null);
  return { exitCode: isSound ? 0 : 1, lines: tellAccounts(told, style), answer: answer.json };
}

async function askHealth(doors: Doors): Promise<Told> {
  const answer = await doors.get('/api/health/details');
  const health = expectAnswer(answer, healthShape);
  return { exitCode: health.status === 'ok' ? 0 : 1, lines: tellHealth(health), answer: answer.json };
}

async function askWhy(reportId: string, doors: Doors, style: Style): Promise<Told> {
  const answer = await doors.get(`/api/reports/${reportId}`);
  const report = expectAnswer(answer, explainedShape);
  return { exitCode: 0, lines: tellWhy(report, style), answer: answer.json };
}
