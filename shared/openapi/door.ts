import { PICKED_FROM_WINDOWS } from '../http/pickedFrom.ts';
import type { DefinitionName } from './definitions.ts';
import type { SwaggerOperation, SwaggerParameter } from './swagger.ts';

/** One door as the document tells it. */
export interface Door {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Pascal case. Source: "Follow coding standards" for custom connectors. */
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: Tag;
  readonly visibility: SwaggerOperation['x-ms-visibility'];
  /** Needs neither a key nor a token of Entra. */
  readonly isOpen: boolean;
  readonly parameters: readonly SwaggerParameter[];
  readonly body: {
    readonly schema: DefinitionName;
    readonly description: string;
    readonly isRequired: boolean;
  } | null;
  /** Answers that are no problem documents, by status. */
  readonly answers: Readonly<Record<number, readonly [description: string, schema: DefinitionName]>>;
  /** The statuses of problem documents. */
  readonly problems: readonly number[];
}

/** How doors are grouped. */
export type Tag = 'Changes' | 'Reports' | 'Runs' | 'Operations' | 'Webhooks';

/** What every door says when the settings are wrong or the ledger is out of reach. */
export const NOT_READY = [500, 503] as const;

/** Asks for an error where some reports are not as asked for. */
export const failOnPartial: SwaggerParameter = {
  name: 'failOnPartial',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Fail On Partial',
  description: 'Answers with an error where some reports are not as asked for.',
  'x-ms-visibility': 'advanced',
};

/** The id of the caller's own trace. */
export const correlationId: SwaggerParameter = {
  name: 'x-correlation-id',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Correlation ID',
  description: 'A UUID that ties the calls and log lines of the request together.',
  'x-ms-visibility': 'advanced',
};

/** A parameter in the path. */
export function pathParameter(name: string, title: string, description: string): SwaggerParameter {
  return { name, in: 'path', required: true, type: 'string', 'x-ms-summary': title, description };
}

/** Which window; a designer offers them by name. */
export const windowName: SwaggerParameter = {
  ...pathParameter('window', 'Window', 'The name of the window.'),
  ...PICKED_FROM_WINDOWS,
};
