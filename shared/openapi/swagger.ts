/** A JSON schema as OpenAPI 2.0 and Microsoft's connectors allow it: no unions, no null type, few formats. */
export interface SwaggerSchema {
  readonly [key: string]: unknown;
}

/** A parameter that is not the body. */
export interface SwaggerParameter {
  readonly name: string;
  readonly in: 'header' | 'query' | 'path' | 'body';
  readonly required?: boolean;
  readonly [key: string]: unknown;
}

/** One answer of an operation. */
export interface SwaggerResponse {
  readonly description: string;
  readonly schema?: SwaggerSchema;
  readonly headers?: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
}

/** One method on one path. */
export interface SwaggerOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly 'x-ms-visibility': 'important' | 'advanced' | 'internal';
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly consumes?: readonly string[];
  readonly produces: readonly string[];
  readonly parameters: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, SwaggerResponse>>;
}

/** An OpenAPI 2.0 document. Source: the OpenAPI Specification, version 2.0. */
export interface SwaggerDocument {
  readonly swagger: '2.0';
  readonly info: { readonly title: string; readonly description: string; readonly version: string };
  readonly host?: string;
  readonly basePath: string;
  readonly schemes?: readonly string[];
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, SwaggerSchema>>;
  readonly securityDefinitions: Readonly<Record<string, SwaggerSchema>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}
