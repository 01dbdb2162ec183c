import type { KeyPairKeyObjectResult } from 'node:crypto';
import forge from 'node-forge';
import { signingKey } from '../../local/certificates/signingKey.ts';

/** A certificate that its own key signed, as an app registration may have one. */
export function selfSigned(
  { privateKey, publicKey }: KeyPairKeyObjectResult,
  { daysLeft }: { readonly daysLeft: number },
): { readonly certificatePem: string; readonly privateKeyPem: string } {
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 60_000);
  certificate.validity.notAfter = new Date(Date.now() + daysLeft * 86_400_000);
  const name = [{ name: 'commonName', value: 'intermission' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(signingKey(privateKeyPem), forge.md.sha256.create());
  return { certificatePem: forge.pki.certificateToPem(certificate), privateKeyPem };
}
