// Data sources: the ones that need no cloud, and a look-up among the objects for all others.
import type { Cloud } from '../cloud/cloud.ts';
import { digest, zoneId, zones } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { keyOfType } from '../schema/same.ts';
import type { TypeSchema } from '../schema/schema-data.ts';
import { type ObjectValue, textOf } from '../wire/value.ts';
import { policyDocumentData } from './policy-document.ts';

/** Data sources that are always served. */
export const DATA_SOURCES = [
  'aws_availability_zones',
  'aws_caller_identity',
  'aws_iam_policy_document',
  'aws_partition',
  'aws_region',
] as const;

type Reader = (config: ObjectValue, cloud: Cloud) => ObjectValue;

const readers: Readonly<Record<string, Reader>> = {
  aws_caller_identity: (_config, { realm }) => ({
    id: realm.account,
    account_id: realm.account,
    arn: `arn:${realm.partition}:iam::${realm.account}:user/sandbox`,
    user_id: `AIDA${digest(realm.account).slice(0, 17).toUpperCase()}`,
  }),
  aws_region: (config, { realm }) => {
    const region = textOf(config.name) || realm.region;
    return { id: region, name: region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
  },
  aws_partition: (_config, { realm }) => ({
    id: realm.partition,
    partition: realm.partition,
    dns_suffix: 'amazonaws.com',
    reverse_dns_prefix: 'com.amazonaws',
  }),
  aws_availability_zones: (_config, { realm }) => ({
    id: realm.region,
    names: zones(realm),
    zone_ids: zones(realm).map(zoneId),
    group_names: [`${realm.region}-zg-1`],
  }),
  aws_iam_policy_document: policyDocumentData,
};

/**
 * The values of a data source.
 * @throws Refusal when not exactly one object agrees with everything that the configuration says
 */
export async function readDataSource(
  name: string,
  schema: TypeSchema,
  config: ObjectValue,
  cloud: Cloud,
): Promise<ObjectValue> {
  const reader = readers[name];
  if (reader) return { ...config, ...reader(config, cloud) };
  const asked = Object.entries(schema.block.attributes ?? {}).filter(
    ([attribute]) => (config[attribute] ?? null) !== null && attribute !== 'tags',
  );
  const found = (await cloud.all(name)).filter((object) =>
    asked.every(([attribute, { type }]) => keyOfType(type, config[attribute]) === keyOfType(type, object[attribute])),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new Refusal('NotFound', `${found.length} objects of type ${name} match in the sandbox, expected one`);
}
