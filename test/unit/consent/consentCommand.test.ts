import { openListener } from '../../../tools/consent/openListener.ts';
import { parseConsentFlags } from '../../../tools/consent/parseConsentFlags.ts';
import { readRedirect } from '../../../tools/consent/readRedirect.ts';
import { freePort } from '../../fakes/freePort.ts';

const url = 'https://app.example';

describe('the flags of npm run consent', () => {
  test('name the account, the app and its key; the rest has defaults', () => {
    const parsed = parseConsentFlags(['--account', 'default', '--url', url], { INTERMISSION_KEY: 'key' });

    expect(parsed).toEqual({
      ...{ kind: 'run', account: 'default', port: 8400, opensBrowser: true, waitInMs: 600_000 },
      connection: { origin: url, signIn: { kind: 'key', key: 'key' } },
    });
  });

  test.each([
    [['--url', url], '--account'],
    [['--account', 'a b', '--url', url], '--account'],
    [['--account', 'default'], '--url'],
    [['--account', 'default', '--url', 'http://app.example'], 'https'],
    [['--account', 'default', '--url', url, '--port', '0'], '--port'],
    [['--account', 'default', '--url', url, '--wait', 'long'], '--wait'],
    [['--account', 'default', '--url', url, '--prot', '1'], '--prot'],
  ])('%j are refused, and the message says what is wrong', (flags, told) => {
    expect(parseConsentFlags(flags, { INTERMISSION_KEY: 'key' })).toEqual({
      kind: 'wrong',
      message: expect.stringContaining(told),
    });
  });
});

describe('what Entra sends back', () => {
  const read = (query: Readonly<Record<string, string>>) =>
    readRedirect(new URLSearchParams({ state: 'mine', ...query }), 'mine');

  test('is the code, with the state of this sign-in alone', () => {
    expect(read({ code: 'a code' })).toEqual({ kind: 'code', code: 'a code' });
    for (const state of ['', 'other', 'mine2']) {
      expect(read({ code: 'a code', state })).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('state'),
      });
    }
  });

  test('is told by its number where Entra refuses, never in its own words', () => {
    expect(
      read({ error: 'server_error', error_description: 'AADSTS90033: <script>a text</script>' }),
    ).toEqual({
      kind: 'refused',
      message: 'Entra refused the sign-in: server_error AADSTS90033. Nothing was changed.',
    });
    expect(read({})).toMatchObject({ kind: 'refused', message: expect.stringContaining('no code') });
  });
});

describe('the listener', () => {
  test('takes one redirect, shows the outcome as text, and refuses every later one', async () => {
    const listener = await openListener(await freePort());
    try {
      const first = fetch(`${listener.redirectUri}?code=one`);
      const query = await listener.redirected;
      const second = await fetch(`${listener.redirectUri}?code=two`);
      listener.tellBrowser({ isDone: false, message: 'No <b>role</b>.' });
      const page = await first;

      expect([query.get('code'), second.status, page.status]).toEqual(['one', 410, 400]);
      expect(await page.text()).toContain('No &#60;b&#62;role&#60;/b&#62;.');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await fetch(new URL('/other', listener.redirectUri))).status).toBe(404);
    } finally {
      await listener.close();
    }
  });
});
