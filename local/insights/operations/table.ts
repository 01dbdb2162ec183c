import { type Surface, surfaces } from '../surfaces.ts';
import { createQuery } from './createQuery.ts';
import { createReport } from './createReport.ts';
import { deleteQuery } from './deleteQuery.ts';
import { deleteReport } from './deleteReport.ts';
import { getDatasets } from './getDatasets.ts';
import { getExecutions } from './getExecutions.ts';
import { getQueries } from './getQueries.ts';
import { getReports } from './getReports.ts';
import type { Operation } from './operationCall.ts';
import type { OperationName } from './operationNames.ts';
import { pauseReport } from './pauseReport.ts';
import { resumeReport } from './resumeReport.ts';
import { testQuery } from './testQuery.ts';
import { updateReport } from './updateReport.ts';

interface Route {
  name: OperationName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the surface's base path; `{id}` is one segment. */
  path: string;
  operation: Operation;
}

/** The twelve operations. Literal segments stand before `{id}`, since the first match wins. */
const routes: readonly Route[] = [
  { name: 'getDatasets', method: 'GET', path: '/ScheduledDataset', operation: getDatasets },
  { name: 'createQuery', method: 'POST', path: '/ScheduledQueries', operation: createQuery },
  { name: 'getQueries', method: 'GET', path: '/ScheduledQueries', operation: getQueries },
  { name: 'testQuery', method: 'GET', path: '/ScheduledQueries/testQueryResult', operation: testQuery },
  { name: 'deleteQuery', method: 'DELETE', path: '/ScheduledQueries/{id}', operation: deleteQuery },
  { name: 'createReport', method: 'POST', path: '/ScheduledReport', operation: createReport },
  { name: 'getReports', method: 'GET', path: '/ScheduledReport', operation: getReports },
  { name: 'pauseReport', method: 'PUT', path: '/ScheduledReport/pause/{id}', operation: pauseReport },
  { name: 'resumeReport', method: 'PUT', path: '/ScheduledReport/resume/{id}', operation: resumeReport },
  { name: 'getExecutions', method: 'GET', path: '/ScheduledReport/execution/{id}', operation: getExecutions },
  { name: 'updateReport', method: 'PUT', path: '/ScheduledReport/{id}', operation: updateReport },
  { name: 'deleteReport', method: 'DELETE', path: '/ScheduledReport/{id}', operation: deleteReport },
];

/** An operation that a request is for, with the surface and the id of its path. */
export interface RouteMatch {
  surface: Surface;
  name: OperationName;
  operation: Operation;
  id: string;
}

/** Paths are compared without regard to case, as API Management does. Null where the gateway knows no operation. */
export function matchRoute(method: string, path: string): RouteMatch | null {
  const surface = surfaces.find(({ basePath }) => path.toLowerCase().startsWith(`${basePath}/`));
  if (surface === undefined) {
    return null;
  }
  const below = path.slice(surface.basePath.length);
  for (const { name, method: wanted, path: pattern, operation } of routes) {
    const id = method === wanted ? matchPath(pattern, below) : null;
    if (id !== null) {
      return { surface, name, operation, id };
    }
  }
  return null;
}

/** The decoded id, empty for a pattern without one; null where the path does not match. */
function matchPath(pattern: string, path: string): string | null {
  const hasId = pattern.endsWith('/{id}');
  const literal = (hasId ? pattern.slice(0, -'{id}'.length) : pattern).toLowerCase();
  if (!hasId) {
    return path.toLowerCase().replace(/\/$/, '') === literal ? '' : null;
  }
  const id = path.slice(literal.length);
  return path.toLowerCase().startsWith(literal) && id !== '' && !id.includes('/') ? decode(id) : null;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
