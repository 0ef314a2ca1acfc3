// The one naming rule for what is made in a cloud.

export interface NameParts {
  project: string;
  environment: string;
  /** The node's immutable id, never its label. */
  node: string;
}

export interface NameLimits {
  /** The most characters that the resource type takes. */
  limit: number;
  /** A second resource of the same node (`dead-letters`), or an ending that AWS asks for (`.fifo`). */
  suffix?: string;
  lowercase?: boolean;
}

const HASH_LENGTH = 8;

/** How every name of an environment begins, where its type takes 50 characters or more. */
export function environmentPrefix({ project, environment }: Omit<NameParts, 'node'>): string {
  return `${project}-${environment}-`;
}

/**
 * `<project>-<environment>-<node>[-<suffix>]`, the same for the same parts for ever. A hash of all parts comes in where the name
 * would be longer than the limit, and where a hyphen in project or environment would let two environments make the same name.
 * @throws RangeError where the limit leaves no room for the hash and the suffix
 */
export function physicalName(parts: NameParts, limits: NameLimits): string {
  const ending = suffixText(limits.suffix);
  const plain = environmentPrefix(parts) + parts.node;
  const ambiguous = parts.project.includes('-') || parts.environment.includes('-');
  const name =
    !ambiguous && plain.length + ending.length <= limits.limit ? plain : hashed(plain, parts, ending, limits);
  return limits.lowercase ? (name + ending).toLowerCase() : name + ending;
}

function hashed(plain: string, parts: NameParts, ending: string, { limit }: NameLimits): string {
  const room = limit - ending.length - HASH_LENGTH - 1;
  if (room < 1) throw new RangeError(`got a limit of ${limit} with the suffix "${ending}", expected room for a hash`);
  const head = plain.slice(0, room).replace(/-+$/, '');
  return `${head}-${shortHash(`${parts.project}/${parts.environment}/${parts.node}`)}`;
}

function suffixText(suffix = ''): string {
  return /^[a-z0-9]/i.test(suffix) ? `-${suffix}` : suffix;
}

/** 53 bits (the public-domain cyrb53) in base 36: the rules run in the page too, where there is no synchronous SHA. */
function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & low) + (high >>> 0);
  return hash.toString(36).padStart(HASH_LENGTH, '0').slice(-HASH_LENGTH);
}
