import { dedupeReportIds } from '../../../shared/insights/dedupeReportIds.ts';
import { parseReportId } from '../../../shared/insights/parseReportId.ts';

const id = '3f0c1b8e-0000-4000-8000-00000000000a';

describe('report ids', () => {
  test('an id is read whatever its casing and the blanks around it', () => {
    expect(parseReportId(` ${id.toUpperCase()}\n`)).toBe(id);
  });

  test.each(['', 'x', `${id}0`, `{${id}}`, id.replaceAll('-', ''), `../${id}`, `${id};${id}`])(
    '%j is no id',
    (text) => {
      expect(parseReportId(text)).toBeNull();
    },
  );

  test('an id that is named twice counts once, and what is none is told', () => {
    expect(dedupeReportIds([id, 'nonsense', id.toUpperCase(), 'nonsense'])).toEqual({
      ids: [id],
      invalid: ['nonsense'],
    });
  });
});
