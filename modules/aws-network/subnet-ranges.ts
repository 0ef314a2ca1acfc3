// Cuts a VPC's range into eight equal parts: 1 to 3 for public subnets, 5 to 7 for private ones, 4 and 8 spare.

const PARTS = 8;
const FIRST_PRIVATE = 4;

export interface SubnetRanges {
  public: string[];
  private: string[];
}

/**
 * Ranges of three public and three private subnets. A zone's ranges do not depend on how many zones are in use, so
 * adding one moves nothing.
 * @param cidr such as 10.0.0.0/16, with a prefix of 16 to 24
 * @throws where the address is not the first of its range
 */
export function subnetRanges(cidr: string): SubnetRanges {
  const [address = '', prefixText = ''] = cidr.split('/');
  const prefix = Number(prefixText);
  const base = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  if (base % size !== 0) {
    throw new Error(
      `The address range ${cidr} does not start at a multiple of its size. Use ${dotted(base - (base % size))}/${prefix}.`,
    );
  }
  const part = size / PARTS;
  const range = (index: number) => `${dotted(base + index * part)}/${prefix + 3}`;
  return { public: [0, 1, 2].map(range), private: [0, 1, 2].map((index) => range(FIRST_PRIVATE + index)) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
