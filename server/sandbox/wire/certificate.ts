// A self-signed certificate in hand-written DER: Node's crypto can sign, but cannot issue X.509.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface SelfSigned {
  /** What the plugin handshake hands to Terraform. */
  der: Buffer;
  cert: string;
  key: string;
}

const LIFETIME_MS = 7 * 24 * 3600 * 1000;
const CLOCK_SKEW_MS = 60_000;
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';

/** A fresh P-256 key and certificate for `localhost`, valid for a week. */
export function selfSigned(): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const name = sequence(tlv(0x31, sequence(oid(COMMON_NAME), tlv(0x0c, Buffer.from('localhost')))));
  const body = sequence(
    tlv(0xa0, tlv(2, Buffer.from([2]))),
    tlv(2, serialNumber()),
    algorithm,
    name,
    validity(),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(),
  );
  const signature = tlv(3, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = sequence(body, algorithm, signature);
  return { der, cert: pem(der), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

/** A PEM certificate. A blank last line (length divisible by 64) would make Terraform refuse the handshake. */
export function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 1;
  return serial;
}

function validity(): Buffer {
  const now = Date.now();
  return sequence(utcTime(new Date(now - CLOCK_SKEW_MS)), utcTime(new Date(now + LIFETIME_MS)));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return tlv(0x17, Buffer.from(digits.slice(2)));
}

function extensions(): Buffer {
  const yes = tlv(1, Buffer.from([255]));
  const basicConstraints = sequence(oid('551d13'), yes, tlv(4, sequence(yes)));
  const keyUsage = sequence(oid('551d0f'), yes, tlv(4, tlv(3, Buffer.from([1, 0x86]))));
  const serverAndClient = sequence(oid('2b06010505070301'), oid('2b06010505070302'));
  const extendedUsage = sequence(oid('551d25'), tlv(4, serverAndClient));
  const alternativeName = sequence(oid('551d11'), tlv(4, sequence(tlv(0x82, Buffer.from('localhost')))));
  return tlv(0xa3, sequence(basicConstraints, keyUsage, extendedUsage, alternativeName));
}

function tlv(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function sequence(...contents: Uint8Array[]): Buffer {
  return tlv(0x30, ...contents);
}

function oid(hex: string): Buffer {
  return tlv(6, Buffer.from(hex, 'hex'));
}

function lengthOf(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  return length < 256 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 255]);
}
