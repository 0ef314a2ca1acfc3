import type { Operation } from '../../schemas/generated/types.ts';
import type { Collection, DocumentContent } from '../../schemas/rules/content.ts';
import { diffOperations } from '../../schemas/rules/operations.ts';
import { isSame } from './merge-patch.ts';
import { concerns, isRecordPath, isWithin, overlaps, type Path, pathKey, valueAt } from './operation-paths.ts';

/** Two people set one value without having seen the other's. The order of the server says which one stands; both are kept here. */
export interface Collision {
  id: string;
  path: Path;
  mine: unknown;
  theirs: unknown;
  /** The other page; undefined where this one was away. */
  who: string | undefined;
  keepMine: readonly Operation[];
  keepTheirs: readonly Operation[];
}

interface Meeting {
  who: string | undefined;
  theirs: readonly Operation[];
  mine: readonly Operation[];
  /** What was shown here before theirs came, what the server says with theirs, and what is shown with mine on top. */
  before: DocumentContent;
  confirmed: DocumentContent;
  after: DocumentContent;
}

const OF_PLACE: ReadonlySet<string> = new Set(['x', 'y', 'width', 'height']);

/** Where a thing lies is not worth a question: the later move stands. */
const isPlace = ([collection, , key]: Path) =>
  collection === 'positions' || (collection === 'notes' && key !== undefined && OF_PLACE.has(key));

export function findCollisions({ who, theirs, mine, before, confirmed, after }: Meeting): Collision[] {
  const found = new Map<string, Collision>();
  const add = (path: Path, keepMine: readonly Operation[], keepTheirs: readonly Operation[]) => {
    const [my, their] = [valueAt(before, path), valueAt(confirmed, path)];
    if (isSame(my, their)) return;
    found.set(pathKey(path), { id: pathKey(path), path, mine: my, theirs: their, who, keepMine, keepTheirs });
  };
  const record = (path: Path): [string, string] => [path[0], path[1]];
  const set = (path: Path, content: DocumentContent): Operation[] => {
    const value = valueAt(content, path);
    return [value === undefined ? { path } : { path, value }];
  };
  const recordsOfMine = groupByRecord(mine);

  for (const their of theirs) {
    if (isPlace(their.path)) continue;
    if (isRecordPath(their.path) && their.value === undefined) {
      const [collection, id] = their.path as [Collection, string];
      const isTouched = mine.some(
        (each) => each.value !== undefined && !isPlace(each.path) && concerns(each, collection, id),
      );
      const lost = isTouched ? diffOperations(after, before).filter((each) => concerns(each, collection, id)) : [];
      if (lost.length > 0) add(their.path, lost, []);
      continue;
    }
    for (const my of recordsOfMine.get(pathKey(record(their.path))) ?? []) {
      if (my.create || their.create || isPlace(my.path) || !overlaps(my.path, their.path)) continue;
      if (isRecordPath(my.path) && my.value === undefined) {
        const [collection, id] = my.path as [Collection, string];
        add(
          my.path,
          [],
          diffOperations(after, confirmed).filter((each) => concerns(each, collection, id)),
        );
      } else {
        const path = isWithin(my.path, their.path) ? their.path : my.path;
        add(path, set(path, before), set(path, confirmed));
      }
    }
  }
  return [...found.values()];
}

function groupByRecord(operations: readonly Operation[]): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = pathKey([operation.path[0], operation.path[1]]);
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return groups;
}
