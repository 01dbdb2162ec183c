import { messages } from '../http/messages.ts';
import type { Family } from '../model/report.ts';
import { datasetsOf } from './datasets.ts';

/** A query of the export language, as far as the emulator reads it. */
export interface ParsedQuery {
  columns: string[];
  limit: number | null;
}

const grammar =
  /^\s*SELECT\s+(?<columns>.+?)\s+FROM\s+(?<table>\w+)(?:\s+WHERE\s+.+?)?(?:\s+ORDER\s+BY\s+.+?)?(?:\s+LIMIT\s+(?<limit>\d+))?(?:\s+TIMESPAN\s+\w+)?\s*;?\s*$/is;

/**
 * SELECT columns FROM dataset [WHERE ...] [ORDER BY ...] [LIMIT n] [TIMESPAN x]; there is no `SELECT *`.
 * Conditions are not looked into. Source: "Custom query specification". Pure.
 */
export function parseQueryText(
  text: string,
  family: Family,
): { ok: true; query: ParsedQuery } | { ok: false; message: string } {
  const groups = grammar.exec(text)?.groups;
  if (groups === undefined) {
    return { ok: false, message: messages.invalidReport };
  }
  const { columns: columnList, table, limit } = groups;
  const dataset = datasetsOf(family).find(
    (candidate) => candidate.name.toLowerCase() === table?.toLowerCase(),
  );
  if (dataset === undefined) {
    return { ok: false, message: messages.invalidTable };
  }
  const known = new Set([...dataset.columns, ...dataset.metrics].map((column) => column.toLowerCase()));
  const columns = (columnList ?? '').split(',').map((column) => column.trim());
  if (columns.some((column) => !known.has(column.toLowerCase()))) {
    return { ok: false, message: messages.incorrectColumn };
  }
  return {
    ok: true,
    query: { columns, limit: limit === undefined ? null : Number(limit) },
  };
}
