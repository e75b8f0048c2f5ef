import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, PEM. */
export interface TestCertificate {
  cert: string;
  key: string;
}

/** An authority of tests, and the certificates that it gives. */
export interface TestAuthority {
  /** Its certificate, PEM. */
  ca: string;
  /** @param validTo epoch ms */
  issue(host: string, validTo?: number): TestCertificate;
}

const CENTURY_MS = 100 * 365 * 86_400_000;
const START_MS = Date.UTC(2020, 0, 1);

/** Makes an authority with a new key: no key that anything trusts is in the repository. */
export function createTestAuthority(issuer = 'Usage Kit test authority'): TestAuthority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const write = (name: string, publicKey: KeyObject, validTo: number, extension: Buffer): string =>
    toPem('CERTIFICATE', writeCertificate({ issuer, name, publicKey, validTo, extension }));

  const writeCertificate = (fields: Fields): Buffer => {
    const signed = writeSignedPart(fields);
    const signature = sign('sha256', signed, authority.privateKey);
    return sequence(signed, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  };
  return {
    ca: write(issuer, authority.publicKey, START_MS + CENTURY_MS, IS_AUTHORITY),
    issue: (host, validTo = START_MS + CENTURY_MS) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        cert: write(host, publicKey, validTo, writeHosts(host)),
        key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      };
    },
  };
}

interface Fields {
  issuer: string;
  name: string;
  publicKey: KeyObject;
  validTo: number;
  extension: Buffer;
}

/** The part of a certificate that is signed. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function writeSignedPart({ issuer, name, publicKey, validTo, extension }: Fields): Buffer {
  return sequence(
    // Version 3.
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 100), 1])),
    ECDSA_SHA256,
    writeName(issuer),
    sequence(writeTime(START_MS), writeTime(validTo)),
    writeName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: Buffer[]): Buffer => der(0x30, ...contents);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const TRUE = der(0x01, Buffer.from([255]));
const IS_AUTHORITY = sequence(oid('551d13'), TRUE, der(0x04, sequence(TRUE)));

const writeName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));

const writeHosts = (host: string): Buffer =>
  sequence(oid('551d11'), der(0x04, sequence(der(0x82, Buffer.from(host)))));

function writeTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text));
}

function toPem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
