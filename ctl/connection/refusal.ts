import type { z } from 'zod';
import { CommandError } from '../commandError.ts';
import { problemShape } from './answers.ts';
import type { DoorAnswer } from './exchange.ts';

/** Where a fault of the request came from on the command line. */
const flagOf: Readonly<Record<string, string>> = {
  '/until': '--until',
  '/at': '--at',
  '/duration': '--duration',
  '/reason': '--reason',
  '/by': '--by',
  '/requestId': '--request',
  '/account': '--account',
  '/reports/namePattern': '--name',
  '/windows': '--window',
};

/** The answer as this shape, whatever its status; else what the app says is wrong. @throws CommandError */
export function expectAnswer<Value>(answer: DoorAnswer, shape: z.ZodType<Value>): Value {
  const parsed = shape.safeParse(answer.json);
  if (parsed.success) {
    return parsed.data;
  }
  throw refusal(answer);
}

/** What an answer without a result means for the person who asked. */
export function refusal({ status, json }: DoorAnswer): CommandError {
  const problem = problemShape.safeParse(json);
  if (!problem.success) {
    return new CommandError(
      3,
      'not_intermission',
      `The app answered ${status} in a way this command does not know: check --url, and that both are of one version.`,
    );
  }
  const { code, title, errors = [], candidates = [] } = problem.data;
  const faults = errors.slice(0, 5).map(({ pointer, message }) => `${named(pointer)} ${message}`);
  const isUsage = status === 400 || status === 413;
  const near = candidates.map(({ reportId, reportName }) => `${reportName} (${reportId})`);
  const meant = near.length === 0 ? [] : [`Did you mean: ${near.join(', ')}?`];
  return new CommandError(isUsage ? 2 : 1, code, [title, ...faults, ...meant].join(' ').trim());
}

function named(pointer: string): string {
  const report = /^\/reportIds\/(\d+)$/.exec(pointer)?.[1];
  if (report !== undefined) {
    return `report id ${Number(report) + 1}`;
  }
  const window = /^\/windows\/(\d+)$/.exec(pointer)?.[1];
  if (window !== undefined) {
    return `window ${Number(window) + 1} of --window`;
  }
  return pointer.startsWith('/reportIds') ? 'the report ids' : (flagOf[pointer] ?? pointer);
}
