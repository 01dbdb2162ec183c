import { createRequire } from 'node:module';
import type { FunctionApp } from './functionApp.ts';
import { HostStartError } from './hostStartError.ts';

/**
 * Loads the entry points in order and runs the hooks `appStart`; from then on nothing more can be registered.
 * @throws HostStartError when an entry point throws, when nothing is registered (the real host goes on with "0 functions
 * found"), or when the app asks for HTTP streaming.
 */
export async function loadApp(options: {
  app: FunctionApp;
  appDirectory: string;
  entryPoints: readonly string[];
}): Promise<void> {
  const { app, appDirectory, entryPoints } = options;
  for (const entryPoint of entryPoints) {
    loadEntryPoint(entryPoint);
  }
  if (app.functions.size === 0) {
    throw new HostStartError(`${entryPoints.join(', ')} loaded but registered no function.`);
  }
  const capabilities = await app.programmingModel?.getCapabilities({});
  if (capabilities !== undefined && 'HttpUri' in capabilities) {
    throw new HostStartError('The app turns HTTP streaming on, which this host does not serve.');
  }
  await app.runHooks('appStart', {
    hookData: {},
    appHookData: app.appHookData,
    functionAppDirectory: appDirectory,
  });
  app.close();
}

function loadEntryPoint(entryPoint: string): void {
  try {
    createRequire(entryPoint)(entryPoint);
  } catch (error: unknown) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new HostStartError(`The entry point ${entryPoint} cannot be loaded: ${reason}`, { cause: error });
  }
}
