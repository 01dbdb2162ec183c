import { spawn } from 'node:child_process';

const commands: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  // `start` would take the `&` of an address for its own.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens the address in the person's browser where there is one; the address is printed anyway. Never throws. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv = process.env): void {
  const [command = 'xdg-open', ...parameters] = commands[process.platform] ?? [];
  const child = spawn(command, [...parameters, url], {
    ...{ stdio: 'ignore', detached: true },
    env: withoutSecrets(env),
  });
  child.once('error', () => {});
  child.unref();
}

/** What a browser may inherit: it outlives this command, and everything that it starts sees its environment. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSecret = /^INTERMISSION_|(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?|CONNECTION_?STRING)S?$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isSecret.test(name)));
}
