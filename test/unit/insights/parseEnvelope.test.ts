import { readFileSync } from 'node:fs';
import { parseEnvelope } from '../../../shared/insights/parseEnvelope.ts';
import { parseReport } from '../../../shared/insights/parseReport.ts';

const id = '3f0c1b8e-0000-4000-8000-000000000001';

/** The example of "Pause report executions", commas and blanks as they are printed there. */
function printed(reportId: string, reportStatus: string): string {
  return readFileSync('test/fixtures/pauseReportExample.txt', 'utf8')
    .replace('"ReportId": "string"', `"ReportId": "${reportId}"`)
    .replace('"ReportStatus": "string"', `"ReportStatus": "${reportStatus}"`);
}

describe('the example that Microsoft prints', () => {
  test('is read, the comma behind its last field too', () => {
    const envelope = parseEnvelope(printed(id, 'Paused'));

    expect(envelope).toMatchObject({ message: 'string', statusCode: 0, totalCount: 0 });
    expect(envelope?.items?.map(parseReport)).toMatchObject([{ reportId: id, reportStatus: 'Paused' }]);
  });

  test('is read where its list has a comma too many', () => {
    const item = `{"ReportId": "${id}", "ReportStatus": "Active", }`;
    const envelope = parseEnvelope(`\ufeff{"Value": [ ${item}, ${item}, ], "TotalCount": 2, }\n`);

    expect(envelope?.items?.map(parseReport)).toMatchObject([{ reportId: id }, { reportId: id }]);
  });
});

describe('what is no answer', () => {
  test.each([
    ['cut off', printed(id, 'Paused').slice(0, -20)],
    ['cut off within a list', '{"value":[{"reportId":"x"},'],
    ['with two commas', '{"value":[],,}'],
    ['with a comma alone', '{,}'],
    ['with a comment', '{"value":[],/* more */}'],
    ['without quotes', '{value:[]}'],
    ['with single quotes', "{'value':[]}"],
    ['with a number that JSON lacks', '{"statusCode":NaN}'],
    ['followed by more', '{"value":[],} {"value":[]}'],
    ['HTML', '<html>{"value":[],}</html>'],
    ['nested without end', `{"value":${'['.repeat(200_000)}`],
    ['nested without end, and a comma', `{"value":${'['.repeat(200_000)}${']'.repeat(200_000)},}`],
    ['nested too deep for whoever walks through it', `{"value":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ])('text %s is none', (_what, text) => {
    expect(parseEnvelope(text)).toBeNull();
  });

  test('a text without end and with a wrong comma is none, and is not looked through', () => {
    expect(parseEnvelope(`{"value":[${'{},'.repeat(2_000_000)}],}`)).toBeNull();
  });
});

test.each(['{"__proto__":{"value":[],"statusCode":200}}', '{"__proto__":{"value":[],"statusCode":200},}'])(
  'no answer reaches into objects of ours: %s',
  (text) => {
    const envelope = parseEnvelope(text);

    expect([envelope?.items, envelope?.statusCode]).toEqual([null, null]);
    expect(Reflect.get({}, 'statusCode')).toBeUndefined();
  },
);
