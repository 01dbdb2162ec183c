import type { ServedFunction } from './describeFunction.ts';
import { compareRoutes, matchRoute, type RouteSegment } from './routeTemplate.ts';

export interface HttpRoute {
  readonly served: ServedFunction;
  readonly template: readonly RouteSegment[];
}

export interface RouteMatch {
  readonly served: ServedFunction;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The HTTP functions, most specific route first. */
export function routesOf(functions: readonly ServedFunction[]): HttpRoute[] {
  return functions
    .flatMap((served) => (served.trigger.kind === 'http' ? [{ served, template: served.trigger.route }] : []))
    .sort((left, right) => compareRoutes(left.template, right.template));
}

/** The function for a method and a path; null means 404, also where only the method is wrong, as in the real host. */
export function findRoute(routes: readonly HttpRoute[], method: string, pathname: string): RouteMatch | null {
  const path = decodePath(pathname);
  if (path === null) {
    return null;
  }
  for (const { served, template } of routes) {
    const parameters = served.description.methods.includes(method) ? matchRoute(template, path) : null;
    if (parameters !== null) {
      return { served, parameters };
    }
  }
  return null;
}

function decodePath(pathname: string): string[] | null {
  try {
    return pathname
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return null;
  }
}
