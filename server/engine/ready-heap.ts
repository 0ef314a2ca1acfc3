// The ids that may start, smallest first.
export interface ReadyHeap {
  push(id: string): void;
  /** Takes the smallest id; undefined where there is none. */
  pop(): string | undefined;
}

/** A binary heap: 10,000 steps that get ready at once cost no more than a sort. */
export function createReadyHeap(): ReadyHeap {
  const ids: string[] = [];
  const at = (i: number): string => ids[i] ?? '';
  const swap = (a: number, b: number): void => {
    const held = at(a);
    ids[a] = at(b);
    ids[b] = held;
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let smallest = left < ids.length && at(left) < at(i) ? left : i;
      if (right < ids.length && at(right) < at(smallest)) smallest = right;
      if (smallest === i) return;
      swap(i, smallest);
      i = smallest;
    }
  };
  return {
    push(id) {
      ids.push(id);
      for (let i = ids.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (at(parent) <= at(i)) return;
        swap(parent, i);
        i = parent;
      }
    },
    pop() {
      if (ids.length > 1) swap(0, ids.length - 1);
      const id = ids.pop();
      sink();
      return id;
    },
  };
}
