import { type Answer, problemAnswer } from './problem.ts';

export function noSuchReport(): Answer {
  return problemAnswer(404, { code: 'not_found', title: 'Partner Center shows no report of this id.' });
}
