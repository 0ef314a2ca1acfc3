// What one provider block of one run configured: region, default tags, and with them the owner of what it makes.
import { Cloud, OWNER_TAG } from '../cloud/cloud.ts';
import { realmOf } from '../cloud/realm.ts';
import type { ObjectStore } from '../contract.ts';
import { isObject, type ObjectValue, textOf } from '../wire/value.ts';

export interface Session {
  cloud: Cloud;
  defaultTags: ObjectValue;
}

export interface Home {
  account: string;
  region: string;
  store: ObjectStore;
}

/** The session of a provider block; `config` is its configuration, empty before it came. */
export function openSession(home: Home, config: ObjectValue = {}): Session {
  const block = Array.isArray(config.default_tags) ? config.default_tags[0] : null;
  const defaultTags = isObject(block) && isObject(block.tags) ? block.tags : {};
  const realm = realmOf(home.account, textOf(config.region) || home.region);
  return { defaultTags, cloud: new Cloud(home.store, realm, home.region, textOf(defaultTags[OWNER_TAG])) };
}
