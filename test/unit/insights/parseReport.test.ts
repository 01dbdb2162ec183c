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
      modifiedTime: '2026-11-22T10:00:00Z',
      startTimeMs: Date.parse('2026-01-05T18:00:00Z'),
      recurrenceIntervalInHours: 24,
      recurrenceCount: 1000,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('is the same report whatever the casing of its keys, and the same content', () => {
    expect(parseReport(pascal)).toEqual(parseReport(wire));
  });

  test.each([
    ['startTime', '2026-01-05 18:00:00Z'],
    ['startTime', '2026-01-05T18:00:00'],
    ['recurrenceInterval', '24'],
    ['reportStatus', 'paused'],
  ])('is read with %s as %j too', (key, value) => {
    expect({ ...parseReport({ ...wire, [key]: value }), contentHash: '' }).toEqual({
      ...parseReport(wire),
      contentHash: '',
    });
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
    ['executionStatus', 'Running'],
    ['reportId', '3f0c1b8e-0000-4000-8000-00000000000a'],
  ])('has the same content hash with another %s', (key, value) => {
    expect(parseReport({ ...wire, [key]: value })?.contentHash).toBe(parseReport(wire)?.contentHash);
  });

  test.each(Object.keys(wire).filter((key) => !['modifiedTime', 'reportStatus'].includes(key)))(
    'has another content hash when somebody edits %s',
    (key) => {
      const edited = { ...wire, [key]: key === 'reportId' ? wire.queryId : 'edited' };
      expect(parseReport(edited)?.contentHash).not.toBe(parseReport(wire)?.contentHash);
    },
  );

  test('has the same content hash when a null field is left out and the order differs', () => {
    const { callbackUrl: _, ...rest } = wire;
    const reversed = Object.fromEntries(Object.entries(rest).reverse());
    expect(parseReport(reversed)?.contentHash).toBe(parseReport(wire)?.contentHash);
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
