import { parseApiBase } from '../../../shared/insights/apiBase.ts';
import { resolveNextLink } from '../../../shared/insights/resolveNextLink.ts';

const mpn = 'https://api.partnercenter.microsoft.com/insights/v1/mpn';

describe('where the token may go', () => {
  test.each([
    [mpn, [], `${mpn}/`],
    [`${mpn}/`, [], `${mpn}/`],
    [
      'https://partner.partnercenterapi.microsoftonline.cn/x',
      [],
      'https://partner.partnercenterapi.microsoftonline.cn/x/',
    ],
    ['https://gateway.example/x', ['gateway.example'], 'https://gateway.example/x/'],
    ['http://127.0.0.1:7071/insights/v1/mpn', ['127.0.0.1:7071'], 'http://127.0.0.1:7071/insights/v1/mpn/'],
    ['http://insights.localhost:80/x', ['insights.localhost'], 'http://insights.localhost/x/'],
    ['http://[::1]:7071/x', ['[::1]:7071'], 'http://[::1]:7071/x/'],
  ])('%s is accepted with %j', (url, allowed, expected) => {
    const base = parseApiBase(url, allowed);
    expect(base.ok && base.url.href).toBe(expected);
  });

  test.each([
    ['nonsense', []],
    ['http://api.partnercenter.microsoft.com/insights/v1/mpn', []],
    ['https://api.partnercenter.microsoft.com.evil.example/x', []],
    ['https://api.partnercenter.microsoft.com:8443/x', []],
    ['https://api.partnercenter.microsoft.com@evil.example/x', []],
    ['https://user:secret@api.partnercenter.microsoft.com/x', []],
    [`${mpn}?a=b`, []],
    ['http://gateway.example/x', ['gateway.example']],
    ['http://127.0.0.1.evil.example/x', ['127.0.0.1.evil.example']],
    ['http://127.0.0.1:7071/x', []],
    ['http://127.0.0.1:7071/x', ['127.0.0.1']],
    ['http://127.0.0.1:7071/x', ['127.0.0.1:7072']],
    ['ftp://127.0.0.1/x', ['127.0.0.1']],
  ])('%s is refused with %j', (url, allowed) => {
    expect(parseApiBase(url, allowed).ok).toBe(false);
  });
});

describe('a link to the next page', () => {
  const base = new URL(`${mpn}/`);
  const current = new URL('ScheduledReport?reportName=a', base);

  test.each([
    [`${mpn}/ScheduledReport?page=2`, `${mpn}/ScheduledReport?page=2`],
    ['/insights/v1/mpn/ScheduledReport?page=2#x', `${mpn}/ScheduledReport?page=2`],
    ['?page=2', `${mpn}/ScheduledReport?page=2`],
  ])('%s is followed', (link, expected) => {
    expect(resolveNextLink(link, current, base)?.href).toBe(expected);
  });

  test.each([
    'https://evil.example/insights/v1/mpn/ScheduledReport?page=2',
    '//evil.example/insights/v1/mpn/ScheduledReport',
    'http://api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport',
    'https://a:b@api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport',
    'https://api.partnercenter.microsoft.com:444/insights/v1/mpn/ScheduledReport',
    '/v1/customers',
    '/insights/v1/mpn/../../../v1/customers',
    'http://[',
  ])('%s is not', (link) => {
    expect(resolveNextLink(link, current, base)).toBeNull();
  });
});
