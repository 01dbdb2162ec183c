import type { SourcedWindows } from '../service/windowSource.ts';
import type { Composed } from './composed.ts';
import type { Ready } from './doorRequest.ts';

export async function healthOf(
  composed: Composed,
  readWindows: (ready: Ready) => Promise<SourcedWindows>,
): Promise<{ isOk: boolean; problems: readonly object[]; code?: string }> {
  if (!composed.ok) {
    return { isOk: false, code: 'config_invalid', problems: composed.problems };
  }
  const sourced = await readWindows(composed);
  const unreadable = sourced.ok
    ? []
    : [{ code: 'windows_unreadable', message: sourced.message, severity: 'error' }];
  const problems = [...unreadable, ...sourced.parsed.problems, ...composed.webhooks.configured.problems];
  return { isOk: problems.every(({ severity }) => severity === 'warning'), problems };
}
