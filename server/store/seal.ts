// AES-256-GCM envelopes: one version byte, 12 bytes of nonce, 16 of tag, then the sealed bytes.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fail } from '../errors.ts';

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const head = 1 + nonceLength + tagLength;

/**
 * Seals bytes with a key of 32 bytes.
 * @param name where the value lives (`kind/environment/name`); it is bound to the envelope, so that a row that is copied elsewhere does not open.
 */
export function seal(key: Buffer, name: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
}

/** Opens an envelope. @throws `seal-broken` when the key, the name or any byte is not the one that it was sealed with. */
export function unseal(key: Buffer, name: string, envelope: Buffer): Buffer {
  if (envelope.length < head || envelope[0] !== version)
    return fail('seal-broken', { values: { what: name }, retry: false });
  const decipher = createDecipheriv('aes-256-gcm', key, envelope.subarray(1, 1 + nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(name, 'utf8')).setAuthTag(envelope.subarray(1 + nonceLength, head));
  try {
    return Buffer.concat([decipher.update(envelope.subarray(head)), decipher.final()]);
  } catch (cause) {
    return fail('seal-broken', { values: { what: name }, retry: false, cause });
  }
}
