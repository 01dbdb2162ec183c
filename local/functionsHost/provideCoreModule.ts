import Module from 'node:module';
import type { FunctionCallback, FunctionMetadata, HookCallback, ProgrammingModel } from './coreTypes.ts';
import type { FunctionApp } from './functionApp.ts';
import type { LogLevel, WriteLog } from './logLine.ts';

class Disposable {
  readonly #dispose: () => void;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

/**
 * Makes `require('@azure/functions-core')` answer in this process, the way the Node.js worker of Azure Functions does:
 * there is no such npm package, and `@azure/functions` goes into a test mode without it.
 */
export function provideCoreModule(app: FunctionApp, writeLog: WriteLog): void {
  const coreModule = {
    version: '3.0.0',
    hostVersion: '4.1000.0',
    Disposable,
    registerHook: (name: string, callback: HookCallback) => new Disposable(app.addHook(name, callback)),
    setProgrammingModel: (model: ProgrammingModel) => {
      app.programmingModel = model;
    },
    getProgrammingModel: () => app.programmingModel,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
      app.register(metadata, callback);
      return new Disposable(() => app.unregister(metadata.name));
    },
    log: (level: LogLevel, _category: string, message: string) =>
      writeLog({ level, function: null, invocationId: null, message }),
  };
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, thisArgument, parameters) =>
      parameters[0] === '@azure/functions-core'
        ? coreModule
        : Reflect.apply(target, thisArgument, parameters),
  });
}
