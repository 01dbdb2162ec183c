import { z } from 'zod';
import { CommandError } from '../commandError.ts';
import type { Doors } from '../connection/openDoors.ts';

const documentShape = z.object({
  paths: z.object({
    '/api/pause': z.object({
      post: z.object({ parameters: z.array(z.object({ name: z.string() })) }),
    }),
  }),
});

/**
 * What makes a request a dry run. An app that is older than dry runs would take no notice of it and pause the reports:
 * so its own description is asked first. @throws CommandError
 */
export async function dryRunQuery(doors: Doors): Promise<string> {
  const { json } = await doors.getOpen('/api/openapi.json');
  const described = documentShape.safeParse(json).data?.paths['/api/pause'].post.parameters ?? [];
  if (!described.some(({ name }) => name === 'dryRun')) {
    const message = 'This app is older than dry runs, and would do it: nothing was sent. Use "plan".';
    throw new CommandError(1, 'no_dry_runs', message);
  }
  return '?dryRun=true';
}
