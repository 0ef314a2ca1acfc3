// Objects as files of one folder that only this user may read: for Terraform runs by hand.
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digest } from './cloud/realm.ts';
import type { CloudObject, ObjectStore } from './contract.ts';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** A store that any number of processes may share: objects are made by link and replaced by rename. */
export function folderStore(folder: string): ObjectStore {
  const fileOf = (type: string, id: string): string => join(folder, type, `${digest(id)}.json`);
  return {
    get: (type, id) => readObject(fileOf(type, id)),
    insert: async (object) => {
      const file = fileOf(object.type, object.id);
      const draft = await writeDraft(file, object);
      const inserted = await link(draft, file).then(() => true, whenCode('EEXIST', false));
      await rm(draft);
      return inserted;
    },
    update: async (object) => {
      const file = fileOf(object.type, object.id);
      await rename(await writeDraft(file, object), file);
    },
    remove: (type, id) => rm(fileOf(type, id)).then(() => true, whenCode('ENOENT', false)),
    list: async (type) => {
      const types = type === undefined ? await namesIn(folder) : [type];
      return (await Promise.all(types.map((name) => readFolder(join(folder, name))))).flat();
    },
  };
}

async function readFolder(folder: string): Promise<CloudObject[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json')).sort();
  const objects = await Promise.all(names.map((name) => readObject(join(folder, name))));
  return objects.filter((object) => object !== undefined);
}

async function readObject(file: string): Promise<CloudObject | undefined> {
  const text = await readFile(file, 'utf8').catch(whenCode('ENOENT', undefined));
  return text === undefined ? undefined : (JSON.parse(text) as CloudObject);
}

async function writeDraft(file: string, object: CloudObject): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
  await writeFile(draft, JSON.stringify(object), { mode: OWNER_ONLY });
  return draft;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(whenCode('ENOENT', []));
}

function whenCode<T>(code: string, value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === code) return value;
    throw error;
  };
}
