import { AUDIENCE, audiencesOf } from '../../../shared/settings/audiencesOf.ts';

const ID = '66666666-6666-4666-8666-66666666abcd';

describe('the audience of an app', () => {
  test.each([ID, ID.toUpperCase(), `api://${ID}`, `API://${ID.toUpperCase()}`])(
    'named %s is its client id and the URI of it, in lower case',
    (audience) => {
      expect(audiencesOf(audience)).toEqual([ID, `api://${ID}`]);
    },
  );

  test.each(['api://intermission', `https://contoso.example/${ID}`, `api://${ID}/more`])(
    'named %s is that URI alone',
    (audience) => {
      expect(audiencesOf(audience)).toEqual([audience]);
    },
  );

  test('is a client id or an identifier URI, and nothing around it', () => {
    const right = [
      ID,
      `api://${ID}`,
      'api://intermission',
      'http://a.example',
      'https://a.example',
      'urn:a:b',
    ];
    const wrong = [`x${ID}`, `${ID}x`, 'x api://a', 'api://a b', 'ftp://a.example', 'urn:', 'x urn:a', ''];

    expect(right.filter((one) => !AUDIENCE.test(one))).toEqual([]);
    expect(wrong.filter((one) => AUDIENCE.test(one))).toEqual([]);
  });
});
