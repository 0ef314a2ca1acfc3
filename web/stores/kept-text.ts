import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import type { BrowserStorage } from './draft.ts';

/** Text that is no graph for the moment, and the document's text that it began from. */
export interface KeptText {
  text: string;
  base: string;
}

export interface TextKeeper {
  /** What pages that are closed by now have left here, until a person says what becomes of it. */
  offers: StoreApi<readonly KeptText[]>;
  /** Keeps what this page has; undefined when it is mended. */
  keep(text: KeptText | undefined): void;
  dismiss(offer: KeptText): void;
}

export interface TextKeeperOptions {
  storage: BrowserStorage;
  project: string;
  environment: string;
  /** This page: each keeps its own. */
  client: string;
  catalog: Catalog;
  isOpen(client: string): boolean;
}

/** Names of params that any module keeps secret: which box a broken text is about is not known. */
function secretNames(schema: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(schema)) for (const each of schema) secretNames(each, found);
  if (!isRecord(schema)) return found;
  for (const [key, member] of Object.entries(schema)) {
    if (key === 'properties' && isRecord(member))
      for (const [name, property] of Object.entries(member))
        if (isRecord(property) && property.secret === true) found.add(name);
    secretNames(member, found);
  }
  return found;
}

/** The text without the values of secrets: a browser's storage is no place for them. What is sealed stays. */
export function concealText(catalog: Catalog, text: string): string {
  const names = catalog.modules.reduce((found, { params }) => secretNames(params, found), new Set<string>());
  const keys = [...names].map((name) => name.replace(/[^\w]/g, '\\$&')).join('|');
  if (keys === '') return text;
  const value = new RegExp(`("(?:${keys})"\\s*:\\s*)(?:"(?:[^"\\\\\\n]|\\\\.)*"?|[^\\s,{}\\[\\]"]+)`, 'g');
  return text.replace(value, '$1""');
}

function read(text: string | null): KeptText[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    const isKept = (each: unknown) => isRecord(each) && typeof each.text === 'string' && typeof each.base === 'string';
    return Array.isArray(list) ? list.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Keeps text that cannot go into the document yet in this browser, so that a reload loses nothing. */
export function createTextKeeper(options: TextKeeperOptions): TextKeeper {
  const { storage, project, environment, client, catalog, isOpen } = options;
  const prefix = `plumbline.text.${project}/${environment}.`;
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const left = keys.filter((key) => key.startsWith(prefix) && !isOpen(key.slice(prefix.length)));
  const offers = createStore<readonly KeptText[]>(() => left.flatMap((key) => read(storage.getItem(key))));
  let own: KeptText | undefined;

  function write(): void {
    const all = [...(own ? [own] : []), ...offers.getState()];
    if (all.length === 0) return storage.removeItem(prefix + client);
    try {
      storage.setItem(prefix + client, JSON.stringify(all));
    } catch {
      // A full storage must not stop typing: the text is still in the editor.
    }
  }

  for (const key of left) storage.removeItem(key);
  if (left.length > 0) write();
  return {
    offers,
    keep(text) {
      if (!text && !own) return;
      own = text && { text: concealText(catalog, text.text), base: text.base };
      write();
    },
    dismiss(offer) {
      offers.setState(
        offers.getState().filter((each) => each !== offer),
        true,
      );
      write();
    },
  };
}
