import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { splitMessages } from './splitMessages.ts';

/** The Bicep compiler as one process that answers questions: each start of it alone takes a second. */
export interface BicepServer {
  /**
   * Asks, and reads the answer by its shape.
   * @throws Error with the compiler's words where it refuses, or where it has ended.
   */
  ask<Answer>(
    method: string,
    params: Readonly<Record<string, unknown>>,
    shape: z.ZodType<Answer>,
  ): Promise<Answer>;
  stop(): Promise<void>;
}

const replyShape = z.object({
  id: z.number(),
  // Missing where there is an error.
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

const FOR_THE_PROCESS = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'USERPROFILE', 'SystemRoot'].map((name) => [name, process.env[name]]),
);

/** Starts `bicep jsonrpc`, which speaks JSON-RPC 2.0 with the headers of the Language Server Protocol. */
export function startBicep(path: string, environment: Readonly<Record<string, string>>): BicepServer {
  const child = spawn(path, ['jsonrpc', '--stdio'], {
    // Not the caller's environment: `readEnvironmentVariable` would read it.
    env: {
      ...FOR_THE_PROCESS,
      ...environment,
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
      DOTNET_TieredPGO: '0',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  const ended = once(child, 'close').catch(() => []);
  const fail = (reason: string) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`bicep ${reason}`));
    }
    waiting.clear();
  };
  child.on('error', ({ message }) => fail(message));
  // What is written to an ended process is answered by its end.
  child.stdin.on('error', () => undefined);
  child.on('close', (code) => fail(`ended with ${code}`));

  const take = splitMessages((text) => {
    const { id, result, error } = replyShape.parse(JSON.parse(text));
    const question = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) {
      question?.resolve(result);
    } else {
      question?.reject(new Error(error.message));
    }
  });
  child.stdout.on('data', (bytes: Buffer) => take(bytes));

  return {
    ask: async (method, params, shape) => {
      if (child.exitCode !== null) {
        throw new Error(`bicep ended with ${child.exitCode}`);
      }
      asked += 1;
      const question = Promise.withResolvers<unknown>();
      waiting.set(asked, question);
      const text = JSON.stringify({ jsonrpc: '2.0', id: asked, method, params });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      return shape.parse(await question.promise);
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
