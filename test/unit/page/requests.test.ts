import { execFileSync } from 'node:child_process';
import { parseCommandLine } from '../../../ctl/parseCommandLine.ts';
import { type Act, ctlLine, curlLine, requestOf } from '../../../page/acting/requests.ts';
import { endExemptionRequestSchema, exemptionRequestSchema } from '../../../shared/http/exemptionSchemas.ts';
import { parseBody } from '../../../shared/http/parseBody.ts';
import {
  acknowledgeRequestSchema,
  pauseRequestSchema,
  resumeRequestSchema,
} from '../../../shared/http/requestSchemas.ts';
import { endRequestSchema, extendRequestSchema } from '../../../shared/http/windowRequestSchemas.ts';

const account = 'default';
const reportIds = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'];
const limits = { maxReports: 10, nowMs: Date.parse('2026-01-12T21:00:00Z'), impliedAccount: 'default' };
const at = { kind: 'at', untilUtc: '2030-01-13T06:00:00Z' } as const;
const lasting = { kind: 'for', duration: 'PT4H' } as const;

/** Reasons as people write them, and as somebody writes them who tries the shell. */
const reasons = ['storage move', "Ana's; rm -rf ~ $(id) `id`", '-x', '--help', 'a "b" \\ c', '日本 ✓'];

const actsWith = (reason: string): readonly Act[] => [
  { kind: 'pause', account, reportIds, end: lasting, reason },
  { kind: 'pause', account, reportIds, end: at, reason },
  { kind: 'pause', account, reportIds, end: { kind: 'untilResumed' }, reason },
  { kind: 'resume', account, reportIds, includeWindows: true, takeOver: true, reason },
  { kind: 'resume', account, reportIds, includeWindows: false, takeOver: false, reason },
  { kind: 'acknowledge', account, reportIds, reason },
  { kind: 'exempt', account, reportIds, windows: ['nightly', 'weekly'], end: lasting, reason },
  { kind: 'exempt', account, reportIds, windows: null, end: at, reason },
  { kind: 'endExemption', exemptionId: '4e63e7f312036871a4ef', reason },
  { kind: 'end', window: 'nightly', reason },
  { kind: 'extend', window: 'nightly', end: lasting, reason },
  { kind: 'extend', window: 'nightly', end: at, reason },
];
const acts = reasons.flatMap(actsWith);

/** The words that a shell makes of a line, without running it. */
function wordsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines.map((line) => `set -- ${line}; printf '%s\\0' "$@"; printf '\\1'`).join('\n');
  const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} });
  return printed
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

describe('an act of the page', () => {
  test('is a request that the app reads', async () => {
    const schemas = {
      pause: pauseRequestSchema(limits),
      resume: resumeRequestSchema(limits),
      acknowledge: acknowledgeRequestSchema(limits),
      exempt: exemptionRequestSchema(limits),
      endExemption: endExemptionRequestSchema,
      end: endRequestSchema,
      extend: extendRequestSchema,
    };
    for (const act of acts) {
      const { body } = requestOf(act);
      const bytes = new TextEncoder().encode(JSON.stringify(body));
      expect([act, await parseBody<unknown>(bytes, schemas[act.kind])]).toMatchObject([act, { ok: true }]);
    }
  });

  test('is, as a line of the command, read by the command as the same, whatever its reason is', () => {
    const words = wordsOf(acts.map((act) => ctlLine(act, true)));
    const env = { INTERMISSION_URL: 'https://app.example', INTERMISSION_KEY: 'key' };

    for (const [index, act] of acts.entries()) {
      const argv = words[index] ?? [];
      expect(argv.slice(0, 5)).toEqual(['npm', 'run', '--silent', 'ctl', '--']);
      const parsed = parseCommandLine(argv.slice(5), env);
      expect(parsed).toMatchObject({
        kind: 'run',
        command: { name: act.kind === 'endExemption' ? 'exemptions end' : act.kind },
      });
      expect(JSON.stringify(parsed)).toContain(JSON.stringify(act.reason));
      for (const id of 'reportIds' in act ? act.reportIds : []) {
        expect(JSON.stringify(parsed)).toContain(id);
      }
    }
  });

  test('is, as a line of curl, the same body for the same address, and bears no key', () => {
    const words = wordsOf(
      acts.map((act) => curlLine(act, 'https://app.example', 'keys').replace('$INTERMISSION_KEY', 'KEY')),
    );

    for (const [index, act] of acts.entries()) {
      const { path, body } = requestOf(act);
      const argv = words[index] ?? [];
      expect(argv[3]).toBe(`https://app.example${path}`);
      expect(argv).toContain('x-functions-key: KEY');
      expect(JSON.parse(argv.at(-1) ?? '')).toEqual(body);
    }
    expect(curlLine(acts[0] ?? { kind: 'end', window: '', reason: '' }, '', 'entra')).toContain(
      'Bearer $TOKEN',
    );
  });
});
