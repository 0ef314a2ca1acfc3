import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pem, selfSigned } from './certificate.ts';

describe('the self-signed certificate', () => {
  it('is one that others can read, for localhost, and signed with its own key', () => {
    const certificate = new X509Certificate(selfSigned().cert);
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('has no blank line even when its length is a multiple of a line', () => {
    expect(pem(Buffer.alloc(48)).split('\n').slice(0, -1)).not.toContain('');
  });
});
