import type { EntraVerdict } from '../../../shared/callers/verifyEntraToken.ts';
import { parseWebhookSources } from '../../../shared/webhooks/parseWebhookSources.ts';
import { receiveDelivery } from '../../../shared/webhooks/receiveDelivery.ts';
import { verifyEntraDelivery } from '../../../shared/webhooks/verifyEntraDelivery.ts';
import { deliveryOf, NOW_MS, sourceOf, TOKEN, written } from './sampleSource.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const api = '66666666-6666-4666-8666-666666666666';
const entra = { tenantId: tenantId.toUpperCase(), audience: `api://${api}` };
const { secretName, ...withoutSecret } = written;

const parse = (more: object) =>
  parseWebhookSources([{ ...withoutSecret, ...more }], { defaultAccount: 'main' });
const problemsOf = (more: object) => parse(more).problems.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a webhook source that Entra vouches for', () => {
  test.each([
    [{ kind: 'eventGrid' }, '4962773b-9cdb-44cf-a8bf-237846a00ab7', 'AzureEventGridSecureWebhookSubscriber'],
    [
      { kind: 'cloudEvents', allowedOrigins: ['eventgrid.azure.net'] },
      '4962773b-9cdb-44cf-a8bf-237846a00ab7',
      'AzureEventGridSecureWebhookSubscriber',
    ],
    [{ kind: 'azureMonitor' }, '461e8683-5575-4561-ac7f-899cc907d62a', 'ActionGroupsSecureWebhook'],
  ])(
    'of the kind %j is sent by the app of Azure that sends it, with the role of Microsoft’s scripts',
    (kind, clientId, role) => {
      expect(parse({ ...kind, entra })).toMatchObject({
        problems: [],
        sources: [
          {
            secretName: null,
            authentication: {
              ...{ type: 'entra', clientId, role },
              rule: { tenantId, audiences: [api, `api://${api}`] },
            },
          },
        ],
      });
    },
  );

  test('may be sent by another app with another role', () => {
    const own = { appId: 'AAAAAAAA-0000-4000-8000-000000000001', role: 'Hooks.Send' };

    expect(parse({ kind: 'eventGrid', entra: { ...entra, ...own } }).sources).toMatchObject([
      { authentication: { clientId: own.appId.toLowerCase(), role: 'Hooks.Send' } },
    ]);
  });

  test.each([
    ['both proofs', { kind: 'eventGrid', secretName, entra }, ['bad_value /0/entra']],
    ['no proof', { kind: 'azureMonitor' }, ['missing_property /0/secretName']],
    ['no tenant', { kind: 'eventGrid', entra: { audience: api } }, ['missing_property /0/entra/tenantId']],
    [
      'an audience that is none',
      { kind: 'eventGrid', entra: { ...entra, audience: 'us' } },
      ['bad_value /0/entra/audience'],
    ],
    [
      'an app that is no id',
      { kind: 'eventGrid', entra: { ...entra, appId: 'grid' } },
      ['bad_value /0/entra/appId'],
    ],
    [
      'a kind that Azure does not send',
      { kind: 'standard', secretName, entra },
      ['unknown_property /0/entra'],
    ],
  ])('with %s is not used', (_what, more, problems) => {
    expect([parse(more).sources, problemsOf(more)]).toEqual([[], problems]);
  });

  test('is not opened by a token in the URL, nor without the verdict on its token', () => {
    const source = sourceOf({ kind: 'eventGrid', entra, secretName: undefined });
    const delivery = deliveryOf({
      body: [],
      query: `token=${TOKEN}`,
      headers: { authorization: 'Bearer a.b.c' },
    });

    expect(
      receiveDelivery({ method: 'POST', source, secretText: TOKEN, delivery, nowMs: NOW_MS }),
    ).toMatchObject({ because: 'no_token', answer: { status: 401 } });
  });

  test('is refused without a token that Entra vouches for, and waits where Entra cannot be asked', async () => {
    const { authentication } = sourceOf({ kind: 'eventGrid', entra, secretName: undefined });
    if (authentication.type !== 'entra') throw new Error('another proof');
    const outcome = (headers: Readonly<Record<string, string>>, verdict: EntraVerdict | null) =>
      verifyEntraDelivery(deliveryOf({ body: [], headers }), authentication, async () => {
        if (verdict === null) throw new Error('nothing is verified');
        return verdict;
      });
    const bearing = { authorization: 'Bearer a.b.c' };

    expect(await outcome({}, null)).toEqual({ ok: false, because: 'no_token' });
    expect(await outcome({ authorization: 'Bearer a.b' }, null)).toEqual({
      ...{ ok: false, because: 'token_malformed' },
    });
    expect(await outcome(bearing, { kind: 'refused', because: 'token_expired' })).toEqual({
      ...{ ok: false, because: 'token_expired' },
    });
    expect(await outcome(bearing, { kind: 'unreachable' })).toBe('unreachable');
  });

  test('is not sent by a user, by another app, or without the role', async () => {
    const { authentication } = sourceOf({ kind: 'eventGrid', entra, secretName: undefined });
    if (authentication.type !== 'entra') throw new Error('another proof');
    const { clientId, role } = authentication;
    const good = { kind: 'app', clientId, objectId: 'o', name: null, roles: [role] } as const;
    const outcomes = await Promise.all(
      [good, { ...good, kind: 'user' } as const, { ...good, clientId: api }, { ...good, roles: [] }].map(
        (principal) =>
          verifyEntraDelivery(
            deliveryOf({ body: [], headers: { authorization: 'Bearer a.b.c' } }),
            authentication,
            async () => ({ kind: 'proven', principal }),
          ),
      ),
    );

    const wrong = { ok: false, because: 'token_wrong_sender' };
    expect(outcomes).toEqual([{ ok: true, deliveryId: null, timestampMs: null }, wrong, wrong, wrong]);
  });
});
