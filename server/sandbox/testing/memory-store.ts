// An ObjectStore for tests, with a way to reach behind the sandbox's back.
import type { CloudObject, ObjectStore } from '../contract.ts';

export interface MemoryStore extends ObjectStore {
  objects: Map<string, CloudObject>;
}

export function memoryStore(): MemoryStore {
  const objects = new Map<string, CloudObject>();
  const keyOf = (type: string, id: string): string => `${type} ${id}`;
  return {
    objects,
    get: async (type, id) => objects.get(keyOf(type, id)),
    insert: async (object) => {
      const key = keyOf(object.type, object.id);
      if (objects.has(key)) return false;
      objects.set(key, structuredClone(object));
      return true;
    },
    update: async (object) => {
      objects.set(keyOf(object.type, object.id), structuredClone(object));
    },
    remove: async (type, id) => objects.delete(keyOf(type, id)),
    list: async (type) => [...objects.values()].filter((object) => type === undefined || object.type === type),
  };
}
