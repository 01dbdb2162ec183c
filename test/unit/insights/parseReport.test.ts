import { isEdited } from '../../../shared/deciding/evidence.ts';
import { parseExecution } from '../../../shared/insights/parseExecution.ts';
import { parseReport } from '../../../shared/insights/parseReport.ts';

const wire = {
  reportId: '3F0C1B8E-0000-4000-8000-00000000000A',
  reportName: 'AzureUsage daily',
  description: 'd',
  queryId: 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b',
  query: 'SELECT a FROM AzureUsage',
  user: 'svc@partner.example',
  createdTime: '2026-01-05T08:00:00Z',
  modifiedTime: '2026-11-22T10:00:00Z',
  executeNow: false,
  startTime: '2026-01-05T18:00:00Z',
  reportStatus: 'Paused',
  recurrenceInterval: 24,
  recurrenceCount: 1000,
  callbackUrl: null,
  callbackMethod: null,
  format: 'csv',
};

const pascal = Object.fromEntries(
  Object.entries(wire).map(([key, value]) => [` ${key[0]?.toUpperCase()}${key.slice(1)} `, value]),
);

describe('a report of the service', () => {
  test('is read field by field', () => {
    expect(parseReport(wire)).toEqual({
      reportId: '3f0c1b8e-0000-4000-8000-00000000000a',
      reportName: 'AzureUsage daily',
      queryId: 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b',
      user: 'svc@partner.example',
      reportStatus: 'Paused',
      executeNow: false,
      modifiedMs: Date.parse('2026-11-22T10:00:00Z'),
      startTimeMs: Date.parse('2026-01-05T18:00:00Z'),
      recurrenceIntervalInHours: 24,
      recurrenceCount: 1000,
      contents: expect.stringMatching(/^(\w+=[0-9a-f]{8};?)+$/),
    });
  });

  test('is the same report whatever the casing of its keys, and the same content', () => {
    expect(parseReport(pascal)).toEqual(parseReport(wire));
  });

  test.each([
    ['startTime', '2026-01-05 18:00:00Z'],
    ['startTime', '2026-01-05T18:00:00'],
    ['startTime', '1/5/2026 6:00:00 PM'],
    ['recurrenceInterval', '24'],
    ['reportStatus', 'paused'],
    ['executeNow', 'False'],
    ['format', 'CSV'],
    ['reportName', ' AzureUsage  daily '],
  ])('is the same report with %s as %j', (key, value) => {
    const { reportName: _, ...read } = parseReport({ ...wire, [key]: value }) ?? {};
    expect(parseReport(wire)).toMatchObject(read);
  });

  test('shows no secret that somebody wrote into one of its texts', () => {
    const read = parseReport({ ...wire, reportName: 'Sales, pwd=top-secret', user: 'x token=top-secret' });
    expect(read).toMatchObject({ reportName: 'Sales, pwd=[secret]', user: 'x token=[secret]' });
    expect(JSON.stringify(parseReport({ ...wire, queryId: 'sig=top-secret' }))).not.toContain('top-secret');
    expect(JSON.stringify(read)).not.toContain('top-secret');
  });

  test('of cmp has a number for a user', () => {
    expect(parseReport({ ...wire, user: 142344300 })?.user).toBe('142344300');
  });

  test.each([
    null,
    'text',
    [],
    {},
    { ...wire, reportId: 'x' },
    { ...wire, reportId: 7 },
    { ...wire, reportStatus: 'Deleted' },
  ])('without an id or a known status is none (%#)', (item) => {
    expect(parseReport(item)).toBeNull();
  });

  test.each([
    ['modifiedTime', null],
    ['reportStatus', 'Active'],
    ['executeNow', true],
    ['query', 'SELECT b FROM AzureUsage'],
    ['user', 'someone@partner.example'],
    ['callbackUrl', ''],
    ['reportId', '3f0c1b8e-0000-4000-8000-00000000000b'],
  ])('is not edited by another %s', (key, value) => {
    expect(parseReport({ ...wire, [key]: value })?.contents).toBe(parseReport(wire)?.contents);
  });

  test.each([
    ...['reportName', 'description', 'startTime', 'recurrenceInterval', 'recurrenceCount', 'format'],
    ...['callbackUrl', 'callbackMethod'],
  ])('is edited where somebody changes %s, and where it becomes empty', (key) => {
    const contents = parseReport({ ...wire, [key]: 'x' })?.contents ?? '';
    for (const value of ['edited', null, 7]) {
      const other = parseReport({ ...wire, [key]: value })?.contents ?? '';
      expect(isEdited({ modifiedMs: null, contents }, { modifiedMs: null, contents: other })).toBe(true);
    }
  });

  test('is not edited where an answer lacks a field, or orders them otherwise', () => {
    const contents = parseReport(wire)?.contents ?? '';
    const { description: _, ...rest } = wire;
    const reversed = Object.fromEntries(Object.entries(rest).reverse());
    const other = parseReport(reversed)?.contents ?? '';
    expect(isEdited({ modifiedMs: null, contents }, { modifiedMs: null, contents: other })).toBe(false);
    expect(isEdited({ modifiedMs: null, contents: other }, { modifiedMs: null, contents })).toBe(false);
    expect(other).not.toContain('description');
  });
});

describe('a run of a report', () => {
  test('is read without its download link', () => {
    const item = {
      ExecutionId: 'D1A4D75E-5ca8-4847-845f-ee0a9be6f07b',
      reportId: wire.reportId,
      executionStatus: 'Completed',
      reportAccessSecureLink: 'https://x.example/?sig=1',
      reportGeneratedTime: '2026-01-06T18:05:00Z',
    };
    expect(parseExecution(item)).toEqual({
      executionId: 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b',
      reportId: '3f0c1b8e-0000-4000-8000-00000000000a',
      executionStatus: 'Completed',
      generatedTimeMs: Date.parse('2026-01-06T18:05:00Z'),
    });
    expect(parseExecution({ ...item, executionStatus: 'Failed' })).toBeNull();
  });
});
