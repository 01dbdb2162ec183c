import type { Reason } from '../../../shared/deciding/reasons.ts';
import { classOf, isResultCode, type ResultCode } from '../../../shared/running/reportResult.ts';
import { isProblemCode, type RunProblem } from '../../../shared/service/run.ts';
import { readSources } from '../architecture/sourceFiles.ts';

test('a misspelt code does not compile, wherever one is said', () => {
  // @ts-expect-error the code is throttled
  const result: ResultCode = 'throtled';
  // @ts-expect-error the code is windows_held_back
  const problem: RunProblem['code'] = 'windows_hold_back';
  // @ts-expect-error the reason is gone
  const reason: Reason = 'gon';

  expect([isResultCode(result), isProblemCode(problem), isResultCode(reason)]).toEqual([false, false, false]);
});

test('a failed sign-in and a refused token end a run, a report that failed by itself does not', () => {
  const codes: readonly ResultCode[] = ['mfa_required', 'vault_unavailable', 'unauthorized', 'aborted'];
  expect(codes.filter((code) => !classOf(code).endsRun)).toEqual([]);
  expect(classOf('forbidden').endsRun).toBeUndefined();
});

test('codes are classified in their own rows, and in no set beside them', () => {
  const isCode = (text: string) => isResultCode(text) || isProblemCode(text);
  const sets = readSources('functions', 'shared').flatMap(({ path, code }) =>
    [...code.matchAll(/new Set(?:<[^>]*>)?\(\[([^\]]*)\]\)/g)]
      .map(([, items = '']) => [...items.matchAll(/'(\w+)'/g)].map(([, item = '']) => item))
      .filter((items) => items.filter(isCode).length > 1)
      .map((items) => `${path}: ${items.join(', ')}`),
  );

  expect(sets).toEqual([]);
});
