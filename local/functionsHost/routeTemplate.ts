/** One segment of a route template, e.g. `reports`, `{id:guid}`, `{id?}` or `{*rest}`. */
export type RouteSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly isOptional: boolean;
      readonly pattern: RegExp | null;
    }
  | { readonly kind: 'rest'; readonly name: string };

const constraintPatterns = new Map<string, RegExp>([
  ['guid', /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i],
  ['int', /^-?\d{1,10}$/],
  ['long', /^-?\d{1,19}$/],
  ['alpha', /^[a-z]*$/i],
  ['bool', /^(true|false)$/i],
]);

/**
 * Reads a route template in the syntax of ASP.NET Core, which Azure Functions uses. Segments that mix text and
 * parameters, default values and rarer constraints are not read.
 * @throws Error that names the segment it cannot read.
 */
export function parseRouteTemplate(template: string): RouteSegment[] {
  return (template.match(/(?:\{[^}]*\}|[^/])+/g) ?? []).map(parseSegment);
}

function parseSegment(text: string): RouteSegment {
  if (!/[{}]/.test(text)) {
    return { kind: 'literal', text };
  }
  const rest = /^\{\*{1,2}(\w+)\}$/.exec(text)?.[1];
  if (rest !== undefined) {
    return { kind: 'rest', name: rest };
  }
  const parameter = /^\{(\w+)(?::(.+?))?(\?)?\}$/.exec(text);
  if (parameter?.[1] === undefined) {
    throw new Error(`the route segment "${text}" is not one that this host reads`);
  }
  return {
    kind: 'parameter',
    name: parameter[1],
    isOptional: parameter[3] !== undefined,
    pattern: parameter[2] === undefined ? null : parseConstraint(parameter[2]),
  };
}

function parseConstraint(constraint: string): RegExp {
  const expression = /^regex\((.*)\)$/.exec(constraint)?.[1];
  const pattern = expression === undefined ? constraintPatterns.get(constraint) : new RegExp(expression, 'i');
  if (pattern === undefined) {
    throw new Error(`the route constraint "${constraint}" is not one that this host reads`);
  }
  return pattern;
}

/** The parameters of a path (decoded segments), or null where it does not match. Literals match in any case. */
export function matchRoute(
  template: readonly RouteSegment[],
  path: readonly string[],
): Readonly<Record<string, string>> | null {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const text = path[index];
    if (segment.kind === 'rest') {
      const rest = path.slice(index).join('/');
      return rest === '' ? parameters : { ...parameters, [segment.name]: rest };
    }
    if (text === undefined) {
      const isLeftOut = segment.kind === 'parameter' && segment.isOptional;
      return isLeftOut && index === template.length - 1 ? parameters : null;
    }
    if (segment.kind === 'literal') {
      if (segment.text.toLowerCase() !== text.toLowerCase()) {
        return null;
      }
    } else if (segment.pattern !== null && !segment.pattern.test(text)) {
      return null;
    } else {
      parameters[segment.name] = text;
    }
  }
  return path.length <= template.length ? parameters : null;
}

/** Sorts the more specific template first: text, then constrained parameters, parameters, `{*rest}`. */
export function compareRoutes(left: readonly RouteSegment[], right: readonly RouteSegment[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = rankOf(left[index]) - rankOf(right[index]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function rankOf(segment: RouteSegment | undefined): number {
  if (segment === undefined) {
    return 0;
  }
  if (segment.kind === 'parameter') {
    return segment.pattern === null ? 3 : 2;
  }
  return segment.kind === 'literal' ? 1 : 4;
}
