import { readBearerToken } from '../../../shared/callers/bearerToken.ts';

describe('the token of the header Authorization', () => {
  test('is read however many blanks stand around it, and in whatever case the scheme is', () => {
    for (const header of ['Bearer head.body.sign', 'bearer   head.body.sign  ']) {
      expect(readBearerToken(header)).toBe('head.body.sign');
    }
  });

  test('is none where there is nothing in it', () => {
    expect([null, '', ' '].map(readBearerToken)).toEqual(['none', 'none', 'none']);
  });

  test('is malformed where there is anything else, or more than any token has', () => {
    const long = (length: number) => `Bearer a.${'b'.repeat(length - 'Bearer a..c'.length)}.c`;

    expect(['x Bearer a.b.c', 'Bearer a.b.c d', 'Bearer a.b', long(12_289)].map(readBearerToken)).toEqual(
      Array(4).fill('malformed'),
    );
    expect(readBearerToken(long(12_288))).toHaveLength(12_288 - 'Bearer '.length);
  });
});
