import { constants, privateEncrypt } from 'node:crypto';
import forge from 'node-forge';

/** What stands before a SHA-256 digest in a signature of PKCS #1 v1.5 (RFC 8017, 9.2, note 1). */
const SHA256_PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** The key, which signs SHA-256 digests by Node's own RSA: forge's takes seconds of computing. */
export function signingKey(privateKeyPem: string): forge.pki.rsa.PrivateKey {
  const key = forge.pki.privateKeyFromPem(privateKeyPem);
  key.sign = (digest) => {
    if (typeof digest === 'string') {
      throw new TypeError('a message digest is signed, not its text');
    }
    const signed = Buffer.concat([SHA256_PREFIX, Buffer.from(digest.digest().toHex(), 'hex')]);
    const padding = constants.RSA_PKCS1_PADDING;
    return privateEncrypt({ key: privateKeyPem, padding }, signed).toString('binary');
  };
  return key;
}
