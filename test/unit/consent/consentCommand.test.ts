import { withoutSecrets } from '../../../tools/consent/openBrowser.ts';
import { openListener } from '../../../tools/consent/openListener.ts';
import { parseConsentFlags } from '../../../tools/consent/parseConsentFlags.ts';
import { isAnswerTo, readRedirect } from '../../../tools/consent/readRedirect.ts';
import { freePort } from '../../fakes/freePort.ts';

const url = 'https://app.example';

describe('the flags of npm run consent', () => {
  test('name the account, the app and its key; the rest has defaults', () => {
    const parsed = parseConsentFlags(['--account', 'default', '--url', url], { INTERMISSION_KEY: 'key' });

    expect(parsed).toEqual({
      ...{ kind: 'run', account: 'default', port: 8400, opensBrowser: true, waitInMs: 600_000 },
      authority: null,
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
    [['--account', 'default', '--url', url, '--authority', 'http://login.example'], '--authority'],
    [['--account', 'default', '--url', url, '--authority', 'https://login.example/t'], '--authority'],
  ])('%j are refused, and the message says what is wrong', (flags, told) => {
    expect(parseConsentFlags(flags, { INTERMISSION_KEY: 'key' })).toEqual({
      kind: 'wrong',
      message: expect.stringContaining(told),
    });
  });
});

describe('what Entra sends back', () => {
  const read = (query: Readonly<Record<string, string>>) =>
    readRedirect(new URLSearchParams({ state: 'mine', ...query }));

  test('is the code, with the state of this sign-in alone', () => {
    expect(read({ code: 'a code' })).toEqual({ kind: 'code', code: 'a code' });
    expect(isAnswerTo(new URLSearchParams({ code: 'a code', state: 'mine' }), 'mine')).toBe(true);
    for (const state of ['', 'other', 'mine2']) {
      expect(isAnswerTo(new URLSearchParams({ code: 'a code', state }), 'mine')).toBe(false);
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
  test('takes one redirect of its own sign-in, shows the outcome as text, and refuses every other one', async () => {
    const listener = await openListener(await freePort(), (query) => query.get('state') === 'mine');
    try {
      const foreign = await fetch(`${listener.redirectUri}?code=zero&state=other`);
      expect(foreign.status).toBe(400);
      const first = fetch(`${listener.redirectUri}?code=one&state=mine`);
      const query = await listener.redirected;
      const second = await fetch(`${listener.redirectUri}?code=two&state=mine`);
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

test('the browser inherits no key, secret or token of the terminal', () => {
  const env = {
    ...{ PATH: '/bin', HOME: '/root', DISPLAY: ':0', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus' },
    ...{ INTERMISSION_KEY: 'k', INTERMISSION_URL: 'u', WEBHOOK_SECRET: 's', GITHUB_TOKEN: 't' },
    ...{ AZURE_CLIENT_SECRET: 's', AZURE_STORAGE_CONNECTION_STRING: 'c', DB_PASSWORD: 'p', AccountKey: 'a' },
  };

  expect(Object.keys(withoutSecrets(env))).toEqual(['PATH', 'HOME', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS']);
});
