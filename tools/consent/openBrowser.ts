import { spawn } from 'node:child_process';

const commands: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  // `start` would take the `&` of an address for its own.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens the address in the person's browser where there is one; the address is printed anyway. Never throws. */
export function openBrowser(url: string): void {
  const [command = 'xdg-open', ...parameters] = commands[process.platform] ?? [];
  const child = spawn(command, [...parameters, url], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
