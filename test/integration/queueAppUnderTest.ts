import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { type FunctionsHost, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';

export const masterKey = 'the-master-key';

/** The fixture `queueApp` with its queue in real storage, in as many hosts as a test starts. */
export interface QueueApp {
  readonly queueName: string;
  readonly queue: QueueClient;
  readonly poisonQueue: QueueClient;
  /** Puts messages there, creating the queue, as base64 unless `encoding` says otherwise. */
  send(texts: readonly unknown[], encoding?: 'base64' | 'utf8'): Promise<void>;
  start(options?: { messageLeaseInSeconds?: number }): Promise<FunctionsHost>;
  /** Kills every host that still runs. */
  end(): Promise<void>;
}

let madeQueues = 0;

/** @param queues `extensions.queues` of the app's host.json. */
export function createQueueApp(connectionString: string, queues: Record<string, unknown>): QueueApp {
  madeQueues += 1;
  const queueName = `work-${madeQueues}`;
  const directory = mkdtempSync(join(tmpdir(), 'queue-app-'));
  cpSync(join(process.cwd(), 'test/fixtures/queueApp'), directory, { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'host.json'), JSON.stringify({ version: '2.0', extensions: { queues } }));
  const queue = new QueueClient(connectionString, queueName);
  const hosts: FunctionsHost[] = [];
  return {
    queueName,
    queue,
    poisonQueue: new QueueClient(connectionString, `${queueName}-poison`),
    send: async (messages, encoding = 'base64') => {
      await queue.createIfNotExists();
      for (const message of messages) {
        const text = typeof message === 'string' ? message : JSON.stringify(message);
        await queue.sendMessage(Buffer.from(text).toString(encoding));
      }
    },
    start: async (options = {}) => {
      const host = await startFunctionsHost({
        appDirectory: directory,
        settings: { QUEUE: queueName, AzureWebJobsStorage: connectionString },
        keys: { master: masterKey, function: 'the-function-key' },
        port: 0,
        stateDirectory: directory,
        nodePath: process.execPath,
        nodeArguments: [],
        ...options,
      });
      hosts.push(host);
      return host;
    },
    end: async () => {
      await Promise.all(hosts.map((host) => host.kill()));
      rmSync(directory, { recursive: true });
    },
  };
}

/** Messages in the queue, the invisible ones included. */
export async function countOf(queue: QueueClient): Promise<number | undefined> {
  return (await queue.getProperties()).approximateMessagesCount;
}

/** Lets every handler go that holds its message, that long after the answer. */
export async function letGo(host: FunctionsHost, afterMs = 0): Promise<void> {
  await fetch(`${host.url}/api/letGo?afterMs=${afterMs}`, { method: 'POST' });
}

/** Resolves when the host has written so many lines that match. */
export function linesOf(host: FunctionsHost, pattern: RegExp, count = 1): Promise<string[]> {
  return new Promise((resolve) => {
    const look = () => {
      const found = host.logs.map(({ message }) => message).filter((message) => pattern.test(message));
      if (found.length >= count) {
        end();
        resolve(found);
      }
    };
    const end = host.onLine(look);
    look();
  });
}
