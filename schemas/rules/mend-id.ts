// An id that is taken, made of one that is refused.

const LONGEST = 40;

/**
 * What is nearest to the given text and is an id that the schema and AWS take (`check-names` says what AWS refuses): `Orders--DB` becomes
 * `orders-db`. The same where nothing is wrong with it; nothing where no letters are left.
 */
export function mendId(given: string): string | undefined {
  const id = given
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
    .replace(/(-s3alias)+$/, '');
  return id.length < 2 ? undefined : id;
}

/** The id, or with the first number from 2 behind it that is not taken. */
export function freeId(id: string, isTaken: (id: string) => boolean): string {
  const stem = id.slice(0, LONGEST - 4).replace(/-+$/, '');
  let free = id;
  for (let count = 2; isTaken(free); count += 1) free = `${stem}-${count}`;
  return free;
}
