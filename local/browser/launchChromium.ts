import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/**
 * A headless Chromium from the packages of this project, which bring fonts too: pages look the same on every machine. Its package
 * is an ES module that Jest cannot load, so that a process tells where the browser is; without the flags it proposes, which
 * switch off what a browser protects.
 */
export async function launchChromium(): Promise<Browser> {
  const script = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return chromium.launch({
    ...{ executablePath: stdout.trim(), args: ['--no-sandbox'], headless: true },
    env: { ...process.env, FONTCONFIG_PATH: join(tmpdir(), 'fonts') },
  });
}
