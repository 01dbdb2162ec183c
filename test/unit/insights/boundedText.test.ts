import { classifyExchange } from '../../../shared/insights/classifyExchange.ts';
import { parseReport } from '../../../shared/insights/parseReport.ts';
import { safeText } from '../../../shared/text/safeText.ts';

const MEBIBYTE = 1024 * 1024;

/** The longest text that any pattern is run on meanwhile: how much is looked at, whatever the machine. */
function longestReplaced(work: () => void): number {
  const { replace } = String.prototype;
  const lengths: number[] = [0];
  const spy = jest.spyOn(String.prototype, 'replace').mockImplementation(function (
    this: string,
    ...args: Parameters<typeof replace>
  ) {
    lengths.push(this.length);
    return Reflect.apply(replace, this, args);
  });
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return Math.max(...lengths);
}

describe('foreign text of a mebibyte', () => {
  test.each([
    ['an HTML page that never closes a tag', '<'],
    ['blanks', ' '],
    ['words', 'select '],
  ])('that is %s is cut before any pattern looks at it', (_what, piece) => {
    const text = piece.repeat(MEBIBYTE / piece.length);
    const exchange = { kind: 'answered', status: 502, reasonPhrase: '', headers: new Map(), text } as const;

    expect(longestReplaced(() => void classifyExchange(exchange, 0))).toBeLessThanOrEqual(4_800);
    expect(longestReplaced(() => void safeText(text))).toBeLessThanOrEqual(4_800);
  });

  test('still says what the first of it says', () => {
    const text = `<html><h1>502 Bad Gateway</h1>${'<'.repeat(MEBIBYTE)}`;
    const exchange = { kind: 'answered', status: 502, reasonPhrase: '', headers: new Map(), text } as const;

    expect(classifyExchange(exchange, 0)).toMatchObject({
      failure: { message: expect.stringContaining('502 Bad Gateway') },
    });
  });
});

test('a report with a field of 20,000 lists in one another is read', () => {
  const depth = 20_000;
  const nested: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const item = { reportId: 'a0000000-0000-4000-8000-000000000001', reportStatus: 'Active', more: nested };

  expect(parseReport(item)).toMatchObject({ reportStatus: 'Active', contents: '' });
});
