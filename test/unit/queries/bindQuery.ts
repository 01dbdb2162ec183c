import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** The columns that every table of Application Insights has. Source: "Application Insights telemetry data model", Azure Monitor. */
const COMMON = [
  ...['timestamp:datetime', 'itemType:string', 'customDimensions:dynamic', 'customMeasurements:dynamic'],
  ...['operation_Name:string', 'operation_Id:string', 'operation_ParentId:string', 'session_Id:string'],
  ...['cloud_RoleName:string', 'cloud_RoleInstance:string', 'application_Version:string', 'appId:string'],
  ...['itemId:string', 'itemCount:int', 'sdkVersion:string', '_ResourceId:string'],
];
const TABLES: Readonly<Record<string, readonly string[]>> = {
  customEvents: ['name:string'],
  customMetrics: [
    ...['name:string', 'value:real', 'valueCount:int', 'valueSum:real', 'valueMin:real', 'valueMax:real'],
  ],
  dependencies: [
    ...['id:string', 'target:string', 'type:string', 'name:string', 'data:string', 'success:string'],
    ...['resultCode:string', 'duration:real', 'performanceBucket:string'],
  ],
  requests: [
    ...['id:string', 'source:string', 'name:string', 'url:string', 'success:string', 'resultCode:string'],
    ...['duration:real', 'performanceBucket:string'],
  ],
  traces: ['message:string', 'severityLevel:int'],
  exceptions: ['type:string', 'outerMessage:string', 'severityLevel:int'],
};

interface Diagnostics {
  readonly Count: number;
  getItem(index: number): { readonly Message: string };
}

interface Columns {
  readonly Count: number;
  getItem(index: number): { readonly Name: string; readonly Type: { readonly Name: string } };
}

/** What a query's parser says is wrong with it; nothing for one that Application Insights would run. */
export type Binder = (query: string) => readonly string[];

/** The columns that a query gives, with their types. */
export type ColumnsOf = (query: string) => ReadonlyMap<string, string>;

/** Microsoft's own parser, bound to the tables of Application Insights: what it says of a query. */
export function loadBinder(): Binder {
  const parse = loadParser();
  return (query) => {
    const found: Diagnostics = parse(query).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index).Message);
  };
}

/** The same parser: what columns a query gives. */
export function loadColumns(): ColumnsOf {
  const parse = loadParser();
  return (query) => {
    const columns: Columns = parse(query).ResultType.Columns;
    const all = Array.from({ length: columns.Count }, (_, index) => columns.getItem(index));
    return new Map(all.map(({ Name, Type }) => [Name, Type.Name]));
  };
}

function loadParser() {
  const folder = join(__dirname, '../../../node_modules/@kusto/language-service-next');
  // It is made for pages: its parts find each other by global names, and stay in a worker for the next file of tests.
  const isLoaded = runInThisContext("typeof Kusto !== 'undefined'") === true;
  for (const file of isLoaded ? [] : ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
    runInThisContext(readFileSync(join(folder, file), 'utf8'), { filename: file });
  }
  const language = runInThisContext('Kusto.Language');
  const { TableSymbol, DatabaseSymbol } = language.Symbols;
  const tables = Object.entries(TABLES).map(
    ([name, columns]) => new TableSymbol.$ctor7(name, `(${[...columns, ...COMMON].join(', ')})`, ''),
  );
  const globals = language.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor('app', tables));
  return (query: string) => language.KustoCode.ParseAndAnalyze(query, globals);
}
