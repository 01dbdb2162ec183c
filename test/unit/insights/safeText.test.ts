import { safeText } from '../../../shared/text/safeText.ts';

describe('foreign text', () => {
  test.each([
    ['a\r\nb\u0000c\u001b[31md\u202ee', 'a b c [31md e'],
    ['see https://x.blob.core.windows.net/a?sig=abc now', 'see [link] now'],
    ['Bearer abc.def.ghi refused', 'Bearer [token] refused'],
    ['token eyJhbGciOiJSUzI1NiJ9.eyJhdWQi.sig- refused', 'token [token] refused'],
    ['bad query SELECT Customer FROM AzureUsage', 'bad query [query]'],
    ['bad query select Customer from AzureUsage', 'bad query [query]'],
    ['client_secret=abc and more', 'client_secret=[secret] and more'],
    ['Please select a date', 'Please select a date'],
  ])('%j is shown as %j', (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test('is capped, and never cut inside a character', () => {
    expect(safeText('x'.repeat(1_000))).toHaveLength(300);
    expect(safeText('😀'.repeat(1_000), 10).isWellFormed()).toBe(true);
  });
});
