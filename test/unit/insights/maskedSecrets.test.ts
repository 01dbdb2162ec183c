import fc from 'fast-check';
import { safeName, safeText } from '../../../shared/text/safeText.ts';
import { secretForms, tracesOf } from '../../fakes/secretForms.ts';

const hidden = 'q7Zx-Kd93_mWv2Lp';
const forms = Object.entries(secretForms);

function leaksIn(text: string): readonly string[] {
  return tracesOf(hidden).filter((trace) => text.includes(trace));
}

describe('a secret in foreign text', () => {
  test.each(forms)('%s is taken out', (_name, write) => {
    for (const text of [write(hidden), `HTTP 400: failed for ${write(hidden)}`, `(${write(hidden)})`]) {
      expect([safeText(text), leaksIn(safeText(text))]).toEqual([expect.anything(), []]);
      expect([safeName(text, 256), leaksIn(safeName(text, 256))]).toEqual([expect.anything(), []]);
    }
  });

  test('is taken out wherever it stands, however long the text, wherever that is cut, and beside others', () => {
    const piece = fc.oneof(
      fc.constantFrom(...forms.map(([, write]) => write(hidden))),
      fc.string({ maxLength: 40 }).filter((text) => !/[sS][eE][lL]|%|\\/.test(text)),
      fc.integer({ min: 1, max: 3_000 }).map((length) => 'x'.repeat(length)),
      fc.integer({ min: 1, max: 600 }).map((length) => `${'words '.repeat(length)}.`),
      fc.integer({ min: 1, max: 2_000 }).map((length) => `eyJhbGciOi${'J'.repeat(length)}`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(' ', ', ', '\n', '; '),
        fc.integer({ min: 8, max: 1_000 }),
        (pieces, between, maxLength) => {
          const safe = safeText(pieces.join(between), maxLength);
          expect(leaksIn(safe)).toEqual([]);
          expect(safe.length).toBeLessThanOrEqual(maxLength);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test.each([
    'a:',
    '"password":"',
    '%25',
    '\\',
    '\\"',
    'Basic ',
    'eyJ',
    'FROM a ',
    '://',
    '&#',
    ' ',
    '0.A',
    'x',
  ])('is looked for in no longer time however often %j is repeated', (part) => {
    expect(safeText(part.repeat(2_000_000)).length).toBeLessThanOrEqual(300);
  });
});

describe('what is no secret', () => {
  test.each([
    'Recurrence Interval must be between 4 and 2160',
    'No item found with given filters.',
    'Invalid report parameters for creation - Start time of report should at least be 4 hours from current UTC time',
    'Rate limit is exceeded. Try again in 57 seconds.',
    'Unauthorized: Invalid Authorization header, incorrect audience',
    'status code: 404, error code: 900421, key: value',
    'Basic Subscriptions, Premium Seats from EMEA',
    'signed in as svc@partner.example at 12:30',
    'window default 2026-11-22T10:00:00Z, 50 % of 100%25',
    '3f0c1b8e-0000-4000-8000-00000000000a',
  ])('%j stays as it is', (text) => {
    expect(safeText(text)).toBe(text);
    expect(safeName(text, 256)).toBe(text);
  });

  test('a name that reads like the beginning of a query is a name', () => {
    expect(safeName('Select partners from EMEA', 256)).toBe('Select partners from EMEA');
  });
});
