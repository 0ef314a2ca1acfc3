// Account, region and partition that a call speaks for, and the names that follow from them.
import { createHash } from 'node:crypto';

export interface Realm {
  account: string;
  region: string;
  partition: string;
}

export function realmOf(account: string, region: string): Realm {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { account, region, partition };
}

/** An ARN of this account in this region. */
export function arn(realm: Realm, service: string, resource: string): string {
  return `arn:${realm.partition}:${service}:${realm.region}:${realm.account}:${resource}`;
}

/** An ARN without a region, as IAM has. */
export function globalArn(realm: Realm, service: string, resource: string): string {
  return `arn:${realm.partition}:${service}::${realm.account}:${resource}`;
}

/** Whether `value` is an ARN that another account (or AWS itself) answers for, so this cloud cannot judge it. */
export function isForeignArn(realm: Realm, value: string): boolean {
  const [prefix, , , , account = ''] = value.split(':');
  return prefix === 'arn' && account !== '' && account !== realm.account;
}

export function zones(realm: Realm): string[] {
  return ['a', 'b', 'c'].map((letter) => realm.region + letter);
}

/** A zone's id, such as `euc1-az2` for `eu-central-1b`. */
export function zoneId(zone: string): string {
  const [area = '', side = '', number = ''] = zone.split('-');
  const initials = (side.match(/north|south|east|west|central/g) ?? []).map((word) => word.charAt(0)).join('');
  return `${area}${initials}${number.slice(0, 1)}-az${number.charCodeAt(1) - 'a'.charCodeAt(0) + 1}`;
}

/** 64 hexadecimal digits that depend on every part. */
export function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
