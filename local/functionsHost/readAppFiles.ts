import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HostStartError } from './hostStartError.ts';
import { type QueueOptions, queueOptionsSchema } from './queueOptions.ts';

/** What the host needs of an app's directory before it loads any of its code. */
export interface AppFiles {
  /** Absolute, in the order they are loaded. */
  readonly entryPoints: readonly string[];
  /** Without slashes at its ends; empty for none. */
  readonly routePrefix: string;
  readonly queueOptions: QueueOptions;
}

const hostJsonSchema = z.object({
  version: z.literal('2.0'),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).optional(),
      queues: queueOptionsSchema.prefault({}),
    })
    .prefault({}),
});

const packageJsonSchema = z.object({ main: z.string().min(1), type: z.string().default('commonjs') });

/** @throws HostStartError when a file is missing or not what Azure Functions takes. */
export function readAppFiles(appDirectory: string): AppFiles {
  const hostJson = readJsonFile(appDirectory, 'host.json', hostJsonSchema);
  const packageJson = readJsonFile(appDirectory, 'package.json', packageJsonSchema);
  const entryPoints = globSync(packageJson.main, { cwd: appDirectory }).sort();
  if (entryPoints.length === 0) {
    throw new HostStartError(
      `"main" of package.json is "${packageJson.main}", and no such file exists in ${appDirectory}: was it built?`,
    );
  }
  const module = entryPoints.find(
    (file) => file.endsWith('.mjs') || (file.endsWith('.js') && packageJson.type === 'module'),
  );
  if (module !== undefined) {
    throw new HostStartError(
      `"main" of package.json is "${module}", an ES module; this host loads CommonJS only.`,
    );
  }
  const routePrefix = hostJson.extensions.http?.routePrefix ?? 'api';
  return {
    entryPoints: entryPoints.map((file) => join(appDirectory, file)),
    routePrefix: routePrefix.replace(/^\/+|\/+$/g, ''),
    queueOptions: hostJson.extensions.queues,
  };
}

function readJsonFile<T>(directory: string, name: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
  } catch (error: unknown) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new HostStartError(`${name} in ${directory} cannot be used: ${reason}`, { cause: error });
  }
}
