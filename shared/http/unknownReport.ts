import { type Answer, problemAnswer } from '../wire/problem.ts';

export function noSuchReport(): Answer {
  return problemAnswer(404, { code: 'not_found', title: 'Partner Center shows no report of this id.' });
}
