import { tellAccounts } from '../../../ctl/telling/tellAccounts.ts';
import { tellWhy } from '../../../ctl/telling/tellWhy.ts';

const style = { width: 80, timeZone: 'Europe/Amsterdam', showsAll: false };
const report: Parameters<typeof tellWhy>[0] = {
  ...{ reportId: 'id-1', reportName: 'Sales', account: 'default', status: 'Paused', ownership: 'paused' },
  ...{ reason: 'held', message: 'Paused by us and still held.', holds: [] },
  ...{ expectedResumeUtc: null, expectedResumeReason: 'when_asked' },
  history: [
    {
      ...{ atUtc: '2026-12-11T09:00:30Z', what: 'holdBegun', who: 'window nightly', runId: 'run' },
      ...{ why: 'hold_began; window nightly: maintenance window', observed: null, requestId: 'support' },
    },
  ],
};

describe('what was done to a report', () => {
  test('is told in words, with who asked named once, and what support asks for only with --all', () => {
    const text = tellWhy(report, style).join('\n');
    const all = tellWhy(report, { ...style, showsAll: true }).join('\n');

    expect(text).toMatch(/^hold begun +2026-12-11 10:00 \+01:00 \(09:00Z\)/m);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('window nightly: hold began; maintenance window');
    expect(text).not.toContain('support');
    expect(all.replaceAll(/\s+/g, ' ')).toContain('[MS-RequestId support]');
  });
});

describe('accounts', () => {
  test('that nobody has looked at yet are not said to show their reports; looks are told in the zone of the reader', () => {
    const account = { surface: 'mpn', signIn: 'managedIdentity', lookedAfter: 0, failure: null };
    const looked = { lastLookUtc: '2026-12-12T08:00:00Z', nextLookUtc: null };
    const lines = tellAccounts(
      {
        accounts: [
          { name: 'default', ...account, ...looked },
          { name: 'marketplace', ...account, lastLookUtc: null, nextLookUtc: null },
        ],
      },
      style,
    );

    expect(lines.at(-1)).toBe('2 accounts, no tick has looked at 1 of them yet.');
    expect(lines.join('\n')).toContain('2026-12-12 09:00 ');
  });
});
