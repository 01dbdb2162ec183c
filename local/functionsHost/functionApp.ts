import type { FunctionCallback, FunctionMetadata, HookCallback, ProgrammingModel } from './coreTypes.ts';

const hookNames = ['appStart', 'preInvocation', 'postInvocation', 'log', 'appTerminate'] as const;

/** The moments at which an app may ask to be called. */
export type HookName = (typeof hookNames)[number];

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

const allowedName = /^[A-Za-z][A-Za-z0-9_-]{0,127}$/;

/** What the loaded app has registered. Closed once the app has started, as in the real worker. */
export class FunctionApp {
  readonly functions = new Map<string, RegisteredFunction>();
  /** Shared by all hooks of the app. */
  readonly appHookData: Record<string, unknown> = {};
  programmingModel: ProgrammingModel | undefined;
  readonly #hooks = new Map<HookName, HookCallback[]>();
  #hasStarted = false;

  /** @throws Error when the app has started, the name is taken or is not one that Azure Functions takes. */
  register(metadata: FunctionMetadata, callback: FunctionCallback): void {
    if (this.#hasStarted) {
      throw new Error('A function can only be registered during app startup.');
    }
    if (!allowedName.test(metadata.name)) {
      throw new Error(
        `"${metadata.name}" is not a name that Azure Functions takes: a letter, then letters, digits, "_" or "-".`,
      );
    }
    if (this.functions.has(metadata.name)) {
      throw new Error(`A function with the name "${metadata.name}" is already registered.`);
    }
    this.functions.set(metadata.name, { metadata, callback });
  }

  unregister(name: string): void {
    if (this.#hasStarted) {
      throw new Error('A function can only be disposed during app startup.');
    }
    this.functions.delete(name);
  }

  /** @returns what takes the hook away again. @throws RangeError for a hook that does not exist. */
  addHook(name: string, callback: HookCallback): () => void {
    const known = hookNames.find((hookName) => hookName === name);
    if (known === undefined) {
      throw new RangeError(`Unrecognized hook "${name}"`);
    }
    this.#hooks.set(known, [...this.hooks(known), callback]);
    return () => {
      this.#hooks.set(
        known,
        this.hooks(known).filter((hook) => hook !== callback),
      );
    };
  }

  hooks(name: HookName): readonly HookCallback[] {
    return this.#hooks.get(name) ?? [];
  }

  /** Runs the hooks one after the other; an error of one ends it and goes to the caller. */
  async runHooks(name: HookName, context: object): Promise<void> {
    for (const hook of this.hooks(name)) {
      await hook(context);
    }
  }

  close(): void {
    this.#hasStarted = true;
  }
}
