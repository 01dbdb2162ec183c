import type { DefinitionName } from './definitions.ts';
import type { SwaggerOperation, SwaggerParameter } from './swagger.ts';

/** What the document tells of a route. */
export interface Operation {
  /** Pascal case. Source: "Follow coding standards" for custom connectors. */
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: Tag;
  readonly visibility: SwaggerOperation['x-ms-visibility'];
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

/** How routes are grouped. */
export type Tag = 'Changes' | 'Reports' | 'Runs' | 'Operations' | 'Webhooks';

/** What every route says when the settings are wrong or the ledger is out of reach. */
export const NOT_READY = [500, 503] as const;
