import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { listFiles } from '../architecture/sourceFiles.ts';
import { loadColumns } from '../queries/bindQuery.ts';
import { deployedBy } from './deployment.ts';

const read = (path: string) => readFileSync(path, 'utf8');

describe('the alerts', () => {
  const ruleShape = z.object({
    criteria: z.object({
      allOf: z.tuple([
        z.object({
          query: z.string(),
          dimensions: z.array(
            z.object({ name: z.string(), operator: z.literal('Include'), values: z.tuple([z.literal('*')]) }),
          ),
        }),
      ]),
    }),
    actions: z.object({ actionGroups: z.tuple([z.string()]) }),
    windowSize: z.string(),
    evaluationFrequency: z.string(),
  });
  const rules = deployedBy('usual')
    .ofType('Microsoft.Insights/scheduledQueryRules')
    .map(({ name, properties }) => ({ name: name.split('-').at(-1) ?? '', ...ruleShape.parse(properties) }));

  test('are one rule for each query, with the query of its file, and tell the action group', () => {
    const files = listFiles('infra/queries/alerts', /\.kql$/).map((path) => ({
      name: path.replace(/^.*\/|\.kql$/g, ''),
      query: read(path),
    }));

    expect(files.length).toBeGreaterThan(6);
    expect(
      rules.map(({ name, criteria }) => ({ name, query: criteria.allOf[0].query })).sort(byName),
    ).toEqual([...files].sort(byName));
    expect(rules.filter(({ actions }) => !actions.actionGroups[0].endsWith('-alerts'))).toEqual([]);
  });

  test.each(['account_starved', 'driver_late'])(
    'tell of %s, by which a whole account stands still',
    (code) => {
      const named = rules.filter(({ criteria }) => criteria.allOf[0].query.includes(`'${code}'`));

      expect(named.map(({ name }) => name)).toEqual(['accountStarved']);
      expect(read('docs/operations.md')).toContain(code);
    },
  );

  test('look at no more time than Azure gives the query', () => {
    const spans: Readonly<Record<string, number>> = { PT15M: 15, PT30M: 30, PT1H: 60, P2D: 2880 };
    const short = rules.filter(({ windowSize, criteria }) => {
      const [, count = '', unit = ''] = /ago\((\d+)([mhd])\)/.exec(criteria.allOf[0].query) ?? [];
      const minutes = Number(count) * ({ m: 1, h: 60, d: 1440 }[unit] ?? Number.NaN);
      return !(minutes <= (spans[windowSize] ?? 0));
    });

    expect(short.map(({ name }) => name)).toEqual([]);
  });

  test('tell of each account and cause by itself, so that none hides another, and not of each report', () => {
    const columnsOf = loadColumns();
    const split = Object.fromEntries(
      rules.map(({ name, criteria }) => [name, criteria.allOf[0].dimensions.map((one) => one.name)]),
    );

    for (const { name, criteria } of rules) {
      const [{ query }] = criteria.allOf;
      const columns = columnsOf(query);
      const types = (split[name] ?? []).map((column) => columns.get(column));
      // Azure splits by six columns at most, of text or numbers.
      expect([name, types]).toEqual([name, types.slice(0, 6).map(() => 'string')]);
      if (columns.has('account'))
        expect([name, split[name]]).toEqual([name, expect.arrayContaining(['account'])]);
      expect(split[name]).not.toContain('reportId');
    }
    expect(split).toMatchObject({
      stranded: ['account', 'name'],
      failedRun: ['account', 'code', 'door'],
      authFailing: ['account', 'name'],
      noTick10Minutes: [],
    });
  });

  test('cost what the runbook says, and it says of each what to do', () => {
    const page = read('docs/operations.md');
    const often = rules.filter(({ evaluationFrequency }) => evaluationFrequency === 'PT5M').length;
    const slower = rules.length - often;
    const sum = often * 1.5 + slower * 0.5;

    expect(page).toContain(
      `| alerts | ${often} rules every 5 minutes · $1.50 + ${slower} slower · $0.50 | $${sum.toFixed(2)} |`,
    );
    expect(page).toContain(`| **sum** | | **$${(sum + 0.02).toFixed(2)} at most** |`);
    expect(rules.filter(({ name }) => !page.includes(`\n### ${name}\n`)).map(({ name }) => name)).toEqual([]);
  });

  test('go to the addresses that were given', () => {
    const group = deployedBy('usual').only(
      'Microsoft.Insights/actionGroups',
      z.object({ emailReceivers: z.array(z.object({ emailAddress: z.string() })) }),
    );

    expect(group.emailReceivers.map(({ emailAddress }) => emailAddress)).toEqual([
      'operations@contoso.example',
      'data@contoso.example',
    ]);
  });
});

describe('the workbook', () => {
  test('asks each query of its folder', () => {
    const { serializedData } = deployedBy('usual').only(
      'Microsoft.Insights/workbooks',
      z.looseObject({ serializedData: z.string() }),
    );
    const asked = z
      .object({ items: z.array(z.looseObject({ content: z.looseObject({ query: z.string().optional() }) })) })
      .parse(JSON.parse(serializedData))
      .items.flatMap(({ content }) => content.query ?? []);

    expect([...asked].sort()).toEqual(
      listFiles('infra/queries/workbook', /\.kql$/)
        .map(read)
        .sort(),
    );
  });
});

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}
