import { generateKeyPair, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { signingKey } from './signingKey.ts';

/** What an https server of the local cloud shows and proves; both PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** The certificate authority of one local cloud; its key is in memory only and gone with the process. */
export interface CertificateAuthority {
  /** The value for `NODE_EXTRA_CA_CERTS`, which Node reads only when a process starts. */
  readonly certificateFile: string;
  /**
   * A certificate for these DNS names. One may begin with `*.`, but never right under `.localhost`: clients take a
   * wildcard only below two labels (RFC 6125, 7.2).
   */
  issue(hostNames: readonly string[]): Promise<ServerCertificate>;
}

interface Keys {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly privateKeyPem: string;
}

const authorityName = [{ name: 'commonName', value: 'Intermission local cloud' }];
const dayInMs = 86_400_000;
const validityInDays = 365;

/** Makes an authority and writes its certificate into `directory`, where it is trusted from by whoever chooses so. */
export async function createCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  const authorityKeys = await makeKeys();
  const root = makeCertificate({
    ...{ keys: authorityKeys, subject: authorityName, signer: authorityKeys.privateKey },
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
  });
  const certificateFile = join(directory, 'localAuthority.pem');
  writeFileSync(certificateFile, forge.pki.certificateToPem(root));
  return {
    certificateFile,
    issue: async (hostNames) => {
      const keys = await makeKeys();
      const certificate = makeCertificate({
        ...{ keys, signer: authorityKeys.privateKey },
        subject: [{ name: 'commonName', value: hostNames[0] ?? '' }],
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          // Type 2 is a DNS name (RFC 5280, 4.2.1.6).
          { name: 'subjectAltName', altNames: hostNames.map((value) => ({ type: 2, value })) },
        ],
      });
      return { certificate: forge.pki.certificateToPem(certificate), privateKey: keys.privateKeyPem };
    },
  };
}

/** Keys by Node's own generator and signer: forge's would take seconds. */
async function makeKeys(): Promise<Keys> {
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(pair.publicKey),
    privateKey: signingKey(pair.privateKey),
    privateKeyPem: pair.privateKey,
  };
}

function makeCertificate(options: {
  readonly keys: Keys;
  readonly subject: forge.pki.CertificateField[];
  readonly signer: forge.pki.rsa.PrivateKey;
  readonly extensions: readonly object[];
}): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = options.keys.publicKey;
  // Positive and without leading zeros (RFC 5280, 4.1.2.2; X.690, 8.3.2).
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // TLS goes by the machine's clock, whatever the time of the local cloud is; a day ago forgives a clock set back.
  certificate.validity.notBefore = new Date(Date.now() - dayInMs);
  certificate.validity.notAfter = new Date(Date.now() + validityInDays * dayInMs);
  certificate.setSubject(options.subject);
  certificate.setIssuer(authorityName);
  certificate.setExtensions([...options.extensions]);
  certificate.sign(options.signer, forge.md.sha256.create());
  return certificate;
}
