import { contentsOf } from '../../../shared/insights/contentsOf.ts';

const fields = {
  reportname: 'AzureUsage daily',
  description: 'd',
  starttime: '2026-01-05T18:00:00Z',
  endtime: '2027-01-05T18:00:00Z',
  recurrenceinterval: 24,
  recurrencecount: 1000,
  format: 'csv',
  callbackurl: 'https://partner.example/hook',
  callbackmethod: 'POST',
};

function contentsWith(more: Readonly<Record<string, unknown>> = {}) {
  return contentsOf(new Map(Object.entries({ ...fields, ...more })));
}

const plain = contentsWith();
const hashes = new Map(plain.split(';').map((one): [string, string] => [one.split('=')[0] ?? '', one]));

/** The fields whose hashes differ from those of `fields`. */
function changedBy(more: Readonly<Record<string, unknown>>) {
  const other = contentsWith(more).split(';');
  return [...hashes].filter(([, hash]) => !other.includes(hash)).map(([field]) => field);
}

describe('the contents of a report', () => {
  test('are the fields that a person can edit, each by itself and short', () => {
    expect([...hashes.keys()]).toEqual(Object.keys(fields));
    expect(plain).toMatch(/^(\w+=[0-9a-f]{8};){8}\w+=[0-9a-f]{8}$/);
  });

  test.each(Object.keys(fields))('show an edit of %s, and of it alone', (field) => {
    expect(changedBy({ [field]: 'x' })).toEqual([field]);
    expect(changedBy({ [field]: null })).toEqual([field]);
  });

  test.each([
    'query',
    'executenow',
    'modifiedtime',
    'createdtime',
    'user',
    'reportstatus',
    'totalrecurrencecount',
  ])('take no notice of %s, which differs by source or changes by itself', (field) => {
    expect(contentsWith({ [field]: 'x' })).toBe(plain);
  });

  test.each<readonly [string, unknown]>([
    ['reportname', ' AzureUsage \n daily '],
    ['starttime', '2026-01-05T18:00:00.000Z'],
    ['starttime', '2026-01-05 18:00:00'],
    ['endtime', '1/5/2027 6:00:00 PM'],
    ['recurrenceinterval', '24'],
    ['recurrencecount', ' 1000 '],
    ['format', 'CSV'],
    ['callbackmethod', 'post'],
  ])('are the same with %s written as %j', (field, value) => {
    expect(changedBy({ [field]: value })).toEqual([]);
  });

  test.each<readonly [string, unknown, unknown]>([
    ['reportname', 'a', 'A'],
    ['description', 'a', 'A'],
    ['callbackurl', 'https://partner.example/hook', 'https://partner.example/Hook'],
    ['starttime', 'soon', 'later'],
    ['recurrencecount', 'many', 'few'],
  ])('differ between %s written as %j and as %j', (field, one, other) => {
    expect(contentsWith({ [field]: one })).not.toBe(contentsWith({ [field]: other }));
  });

  test('take empty and null for one', () => {
    expect(contentsWith({ description: '' })).toBe(contentsWith({ description: null }));
  });

  test('leave out what the answer lacks', () => {
    const { description: _, ...rest } = fields;
    expect(contentsOf(new Map(Object.entries(rest)))).not.toContain('description');
    expect(contentsOf(new Map())).toBe('');
  });

  test('fit a row of the ledger, however long a text is', () => {
    expect(contentsWith({ description: 'x'.repeat(100_000) }).length).toBe(plain.length);
  });
});
