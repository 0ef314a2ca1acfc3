// Ids of our own records: sortable by the time of making, like a ULID.
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** @returns 26 small letters and digits: 10 of time, 16 of chance (80 bits). */
export function newId(): string {
  let time = Date.now();
  let head = '';
  for (let place = 0; place < 10; place++) {
    head = `${alphabet.charAt(time % 32)}${head}`;
    time = Math.floor(time / 32);
  }
  return head + [...randomBytes(16)].map((byte) => alphabet.charAt(byte % 32)).join('');
}

/** @returns the present moment as ISO 8601 in UTC. */
export function now(): string {
  return new Date().toISOString();
}
