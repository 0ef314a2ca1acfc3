// A provider's archive as a registry offers it: packed, its sum listed, the list signed with an OpenPGP key made here.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** OpenPGP's numbers (RFC 4880) that are used here. */
const TAG = { signature: 2, publicKey: 6, userId: 13 };
const KIND = { ofFile: 0x00, ofUserId: 0x13 };
const SUBPACKET = { created: 2, issuer: 16, keyFlags: 27 };
const RSA = 1;
const SHA256 = 8;
const MAY_CERTIFY_AND_SIGN = 0x03;

const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
const digestOf = (algorithm: string, ...pieces: Buffer[]) =>
  createHash(algorithm).update(Buffer.concat(pieces)).digest();
const packet = (tag: number, body: Buffer) => Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), u32(body.length), body]);
const subpacket = (kind: number, body: Buffer) => Buffer.concat([Buffer.from([body.length + 1, kind]), body]);

/** A number with its length in bits before it; `bytes` begin with no zero. */
function mpi(bytes: Buffer): Buffer {
  return Buffer.concat([u16(bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24), bytes]);
}

/** A key that nobody knew before, and what it signs. */
function createSigner() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const created = u32(Math.floor(Date.now() / 1000) - 60);
  const key = publicKeyBody(publicKey, created);
  const framed = Buffer.concat([Buffer.from([0x99]), u16(key.length), key]);
  const keyId = digestOf('sha1', framed).subarray(-8);
  const signature = (kind: number, subject: Buffer): Buffer => {
    const facts = Buffer.concat([
      subpacket(SUBPACKET.created, created),
      subpacket(SUBPACKET.issuer, keyId),
      subpacket(SUBPACKET.keyFlags, Buffer.from([MAY_CERTIFY_AND_SIGN])),
    ]);
    const hashed = Buffer.concat([Buffer.from([4, kind, RSA, SHA256]), u16(facts.length), facts]);
    const signed = Buffer.concat([subject, hashed, Buffer.from([4, 0xff]), u32(hashed.length)]);
    const check = digestOf('sha256', signed).subarray(0, 2);
    return packet(
      TAG.signature,
      Buffer.concat([hashed, u16(0), check, mpi(withoutZeros(sign('sha256', signed, privateKey)))]),
    );
  };
  const user = Buffer.from('Registry of a test <registry@example.invalid>');
  const ring = Buffer.concat([
    packet(TAG.publicKey, key),
    packet(TAG.userId, user),
    signature(KIND.ofUserId, Buffer.concat([framed, Buffer.from([0xb4]), u32(user.length), user])),
  ]);
  return {
    keyId: keyId.toString('hex').toUpperCase(),
    armor: `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${ring.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`,
    sign: (file: Buffer) => signature(KIND.ofFile, file),
  };
}

function withoutZeros(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}

function publicKeyBody(publicKey: KeyObject, created: Buffer): Buffer {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const numbers = [n, e].map((each) => mpi(withoutZeros(Buffer.from(each, 'base64url'))));
  return Buffer.concat([Buffer.from([4]), created, Buffer.from([RSA]), ...numbers]);
}

/** An archive of one program, not compressed. */
function zipOf(name: string, content: Buffer): Buffer {
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(content.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), content]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE((0o100755 << 16) >>> 0, 6);
  const unix = Buffer.from([20, 3]);
  const entry = [Buffer.from('PK\x01\x02', 'latin1'), unix, shared, attributes, Buffer.from(name)];
  const directory = Buffer.concat(entry);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** The archive of `program` as `<archive>`, with what a registry tells of it. */
export function signedPackage(archive: string, program: { name: string; content: Buffer }) {
  const signer = createSigner();
  const bytes = zipOf(program.name, program.content);
  const sum = digestOf('sha256', bytes).toString('hex');
  const sums = Buffer.from(`${sum}  ${archive}\n`);
  return { bytes, sum, sums, signature: signer.sign(sums), key: { key_id: signer.keyId, ascii_armor: signer.armor } };
}
