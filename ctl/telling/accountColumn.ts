/** Cells for the column of accounts: none where all rows are of one account. Pure. */
export function accountColumn(rows: readonly { readonly account: string }[]): {
  readonly header: readonly string[];
  cell(row: { readonly account: string }): readonly string[];
} {
  const areSeveral = new Set(rows.map(({ account }) => account)).size > 1;
  return {
    header: areSeveral ? ['Account'] : [],
    cell: ({ account }) => (areSeveral ? [account] : []),
  };
}
