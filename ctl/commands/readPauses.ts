import { wrongUsage } from '../commandError.ts';
import type { World } from '../world.ts';

const COLUMNS = ['reportId', 'pausedAtUtc', 'modifiedTime', 'contents'] as const;

/** One `ReportPaused` event, as `infra/queries/adopt.kql` gives it. */
type PauseTold = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * The pauses on standard input: the JSON that `az monitor app-insights query` prints, or an array of rows. Columns that the app does not need are left out. @throws CommandError (2)
 */
export async function readPauses(
  account: string | undefined,
  { readInput }: Pick<World, 'readInput'>,
): Promise<readonly PauseTold[]> {
  const rows = rowsOf(await readInput());
  const accounts = new Set(rows.map((row) => row['account'] ?? ''));
  if (account === undefined && accounts.size > 1) {
    throw wrongUsage(
      `The rows are of several accounts (${[...accounts].join(', ')}): name one with --account.`,
    );
  }
  const own = rows.filter((row) => account === undefined || (row['account'] ?? account) === account);
  if (own.length === 0) {
    throw wrongUsage('Standard input holds no row of that account: nothing is to be adopted.');
  }
  return own.map((row) => {
    const [reportId, pausedAtUtc, modifiedTime, contents] = COLUMNS.map((name) => textOf(row, name));
    return {
      ...{ reportId: reportId ?? '', pausedAtUtc: pausedAtUtc ?? '' },
      ...{ modifiedTime: modifiedTime ?? '', contents: contents ?? '' },
    };
  });
}

type Row = Readonly<Record<string, unknown>>;

function rowsOf(text: string): readonly Row[] {
  const wrong = () =>
    wrongUsage('Give what "az monitor app-insights query" prints for infra/queries/adopt.kql.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong();
  }
  const rows = isRow(parsed) ? rowsOfTable(parsed['tables']) : parsed;
  if (!Array.isArray(rows) || !rows.every(isRow)) {
    throw wrong();
  }
  return rows;
}

/** The rows of `{"tables": [{"columns": [{"name"}], "rows": [[…]]}]}` by their columns' names; null for anything else. */
function rowsOfTable(tables: unknown): readonly Row[] | null {
  const [table]: readonly unknown[] = Array.isArray(tables) ? tables : [];
  if (!isRow(table) || !Array.isArray(table['columns']) || !Array.isArray(table['rows'])) {
    return null;
  }
  const names = table['columns'].map((column) => (isRow(column) ? String(column['name']) : ''));
  const rows: readonly unknown[] = table['rows'];
  return rows.map((row) => {
    const cells: readonly unknown[] = Array.isArray(row) ? row : [];
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
  });
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(row: Row, name: string): string {
  const value = row[name] ?? '';
  if (typeof value !== 'string') {
    throw wrongUsage(`The column ${name} must be text in every row.`);
  }
  return value;
}
