import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** Microsoft's storage emulator in a process of its own. */
export interface Azurite {
  /** For blob, queue and table, of the first account, with the key that Microsoft publishes for emulators. */
  readonly connectionString: string;
  /** The same for each account by its name. */
  readonly connectionStrings: ReadonlyMap<string, string>;
  /** Closes files, then ends. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash of the machine would. */
  kill(): Promise<void>;
  readonly exited: Promise<void>;
}

const emulatorAccount = 'devstoreaccount1';
// Not a secret: the fixed key of every storage emulator, on the page "Connect to Azurite with SDKs and tools".
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const services = ['Blob', 'Queue', 'Table'] as const;
const startLimitInMs = 60_000;
const stopLimitInMs = 5_000;

/**
 * Starts Azurite on free ports of loopback, without telemetry; it ends when this process does.
 * @param options.directory Where it keeps its data; null for memory only.
 * @param options.accounts Names of accounts; by default the one that every storage emulator has.
 * @throws Error when it does not serve within a minute.
 */
export async function startAzurite({
  directory,
  nodePath,
  accounts = [emulatorAccount],
}: {
  directory: string | null;
  nodePath: string;
  accounts?: readonly string[];
}): Promise<Azurite> {
  const child = forkAzurite({ directory, nodePath, accounts });
  // `exit` and not `close`: Node emits no `close` for a child that its parent has disconnected.
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const urls = await readUrls(child);
  const connectionStringOf = (account: string) => {
    const endpoints = services.map((service) => `${service}Endpoint=${urls.get(service)}/${account};`);
    return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};${endpoints.join('')}`;
  };
  return {
    connectionString: connectionStringOf(accounts[0] ?? emulatorAccount),
    connectionStrings: new Map(accounts.map((account) => [account, connectionStringOf(account)])),
    exited,
    stop: async () => {
      const killer = setTimeout(() => child.kill('SIGKILL'), stopLimitInMs);
      if (child.connected) {
        child.disconnect();
      }
      await exited;
      clearTimeout(killer);
    },
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

function forkAzurite({
  directory,
  nodePath,
  accounts,
}: {
  directory: string | null;
  nodePath: string;
  accounts: readonly string[];
}): ChildProcess {
  const root = process.cwd();
  const { PATH, HOME } = process.env;
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const place = directory === null ? ['--inMemoryPersistence'] : ['--location', directory];
  return fork(
    join(root, 'node_modules/azurite/dist/src/azurite.js'),
    ['--silent', '--skipApiVersionCheck', '--disableTelemetry', ...ports, ...place],
    {
      execPath: nodePath,
      execArgv: [
        '--no-warnings',
        '--import',
        pathToFileURL(join(root, 'local/storage/stopWithParent.ts')).href,
      ],
      env: {
        ...(PATH !== undefined && { PATH }),
        ...(HOME !== undefined && { HOME }),
        AZURITE_ACCOUNTS: accounts.map((account) => `${account}:${accountKey}`).join(';'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Out of the terminal's process group: Ctrl-C must not end storage before those who write to it.
      detached: true,
    },
  );
}

function readUrls(child: ChildProcess): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`Azurite did not start: ${reason} ${lastLines.join(' ')}`.trim()));
    const timeout = setTimeout(() => {
      child.kill('SIGKILL');
      fail('it does not listen after a minute.');
    }, startLimitInMs);
    const settle = () => clearTimeout(timeout);
    child.once('error', (error) => {
      settle();
      fail(error.message);
    });
    child.once('close', (exitCode) => {
      settle();
      fail(`exit code ${exitCode}.`);
    });
    const read = (line: string) => {
      lastLines.push(line);
      lastLines.splice(0, lastLines.length - 5);
      const found = /^Azurite (\w+) service is successfully listening at (\S+)$/.exec(line);
      if (found?.[1] !== undefined && found[2] !== undefined) {
        urls.set(found[1], found[2]);
      }
      if (services.every((service) => urls.has(service))) {
        settle();
        resolve(urls);
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) {
        createInterface({ input: stream }).on('line', read);
      }
    }
  });
}
