import { receiveDelivery } from '../../../shared/webhooks/receiveDelivery.ts';
import { createSecret } from '../../../shared/webhooks/sign.ts';
import { signDelivery } from '../../../shared/webhooks/signDelivery.ts';
import { deliveryOf, NOW_MS, sourceOf } from './sampleSource.ts';

const hmac = { type: 'hmac', header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' };
const fields = { action: '/action', sentAt: '/at' };

describe('a delivery signed as its sender would', () => {
  test.each([
    sourceOf({ kind: 'standard' }),
    sourceOf({ kind: 'generic', authentication: { type: 'token' }, fields }),
    sourceOf({ kind: 'generic', authentication: hmac, fields }),
    sourceOf({ kind: 'generic', authentication: { ...hmac, encoding: 'base64', prefix: '' }, fields }),
    sourceOf({ kind: 'azureMonitor' }),
  ])('is taken as authentic with its own secret, and refused with another', (source) => {
    const { authentication } = source;
    if (authentication.type === 'entra') throw new Error('this source has no secret');
    const [mine, other] = [createSecret(authentication.type), createSecret(authentication.type)];
    const body = Buffer.from('{"action":"pause","why":"ü"}');
    const sign = (secret: string) => signDelivery({ authentication, secret, id: 'm-1', nowMs: NOW_MS, body });
    const receive = (signed: ReturnType<typeof sign>) =>
      receiveDelivery({
        method: 'POST',
        source,
        secretText: mine.forKeyVault,
        delivery: deliveryOf({
          body,
          headers: signed?.headers ?? {},
          query: new URLSearchParams(signed?.query).toString(),
        }),
        nowMs: NOW_MS,
      });

    expect(receive(sign(mine.forSender))).toMatchObject({ kind: 'events' });
    expect(receive(sign(other.forSender))).toMatchObject({
      answer: { status: 401 },
      because: 'no_matching_secret',
    });
    expect(receive(sign(' '))).toMatchObject({ answer: { status: 401 } });
    expect(sign(' ')).toBeNull();
  });
});
