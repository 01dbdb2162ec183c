import { shellHtml, signInOf } from '../../../shared/page/shellHtml.ts';

const page = { script: 'main-A.js', style: 'main-A.css', icon: 'icon-A.svg', files: {} };
const entra = {
  ...{ kind: 'entra' as const, authorityHost: 'https://login.example', tenantId: 'the-tenant' },
  audiences: ['https://app.example', 'api://66666666-6666-4666-8666-666666666666'],
};

describe('the shell of the page', () => {
  test('names its files below its own address, and how people sign in by keys', () => {
    const html = shellHtml(page, '/api/ui', signInOf({ kind: 'keys' }));

    expect(html).toContain('<script type="module" src="/api/ui/main-A.js"></script>');
    expect(html).toContain('<body data-sign-in="keys">');
  });

  test('signs people in by the client id among the audiences, since Entra takes nothing else of an app for itself', () => {
    expect(signInOf(entra)).toEqual({
      ...{ kind: 'entra', authority: 'https://login.example/the-tenant' },
      clientId: '66666666-6666-4666-8666-666666666666',
    });
  });

  test('wants a key where the settings do not say who may come in: every door says so then', () => {
    expect(signInOf(null)).toEqual({ kind: 'keys' });
  });

  test('is written so that no setting and no address can be more than a text in it', () => {
    const hostile = `"><script>alert('1')</script>&`;
    const html = shellHtml(page, `/api/${hostile}`, { kind: 'entra', authority: hostile, clientId: hostile });

    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain("alert('1')");
  });
});
