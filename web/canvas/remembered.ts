import { useState } from 'react';

export type Remember<T> = (id: string, key: readonly unknown[], make: () => T) => T;

function createMemory<T>(): Remember<T> {
  const memory = new Map<string, { key: readonly unknown[]; value: T }>();
  return (id, key, make) => {
    const known = memory.get(id);
    if (known && known.key.length === key.length && known.key.every((part, index) => part === key[index])) {
      return known.value;
    }
    const value = make();
    memory.set(id, { key, value });
    return value;
  };
}

/** Keeps the last view of each record as long as what it was made from is the same, so that React Flow skips it. */
export function useRemembered<T>(): Remember<T> {
  const [remember] = useState<Remember<T>>(() => createMemory<T>());
  return remember;
}
