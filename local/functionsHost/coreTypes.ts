/**
 * What `@azure/functions` and the module `@azure/functions-core` say to each other, as far as this host needs it.
 * Names are Microsoft's. Source: the TypeScript sources inside the npm package `@azure/functions`.
 */
import type { LogLevel } from './logLine.ts';

/** One binding of a function; further keys depend on its type. */
export interface BindingInfo {
  readonly type?: string;
  readonly direction?: string;
  readonly [key: string]: unknown;
}

/** What `registerFunction` is given; the name of the return value's binding is `$return`. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, BindingInfo>>;
}

export type FunctionCallback = (...inputs: unknown[]) => unknown;
export type HookCallback = (context: object) => unknown;

/** A value on its way to or from a function: exactly one key is set. */
export interface TypedData {
  readonly json?: string;
  readonly string?: string;
  readonly bytes?: Uint8Array;
  readonly http?: HttpData;
}

interface Nullable<T> {
  readonly value?: T;
}

export interface HttpData {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Readonly<Record<string, Nullable<string>>>;
  readonly nullableQuery?: Readonly<Record<string, Nullable<string>>>;
  readonly nullableParams?: Readonly<Record<string, Nullable<string>>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly statusCode?: string;
  readonly cookies?: readonly HttpCookie[];
  readonly body?: TypedData | null;
}

export interface HttpCookie {
  readonly name?: string;
  readonly value?: string;
  readonly path?: Nullable<string>;
  readonly domain?: Nullable<string>;
  readonly maxAge?: Nullable<number>;
  readonly secure?: Nullable<boolean>;
  readonly httpOnly?: Nullable<boolean>;
  readonly sameSite?: string;
}

export interface TraceContext {
  readonly traceParent: string;
  readonly traceState: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a trigger brings: the input of its binding, what is told about it, and where the call belongs in a trace. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
  readonly traceContext: TraceContext;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
}

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: string, message: string): void;
}

export interface InvocationResponse {
  readonly returnValue?: TypedData | null;
}

interface InvocationModel {
  getArguments(): Promise<{ readonly context: object; readonly inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(
    capabilities: Record<string, string>,
  ): Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
}
