import type { Connection, Group, Note } from '../../../schemas/generated/types.ts';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import { plural } from '../../ui/format.ts';

type Records<T> = Readonly<Record<string, T>>;
const MANY = 3;

function changed<T>(before: Records<T>, after: Records<T>) {
  if (before === after) return { added: [], removed: [], changed: [] };
  const ids = Object.keys(after);
  // Of a thousand records an edit changes one: the others are told by one look at each.
  const fresh = ids.filter((id) => before[id] !== after[id]);
  const added = fresh.filter((id) => !(id in before));
  const old = Object.keys(before);
  const isAllThere = old.length === ids.length - added.length;
  const removed = isAllThere ? [] : old.filter((id) => !(id in after));
  return { added, removed, changed: fresh.filter((id) => id in before) };
}

/** What a change of the document did, in the words that a person would use: `orders moved`, `Line drawn from orders to worker`. */
export function describeChange(before: DocumentContent, after: DocumentContent): string {
  const boxes = changed(before.nodes, after.nodes);
  const lines = changed(before.connections, after.connections);
  const places = changed(before.positions, after.positions);
  const nameOf = (id: string) => (after.nodes[id] ?? before.nodes[id])?.name ?? id;
  const ends = ({ from, to }: Connection) => `from ${nameOf(from.node)} to ${nameOf(to.node)}`;
  const named = (ids: readonly string[]) =>
    ids.length > MANY ? plural(ids.length, 'box', 'boxes') : ids.map(nameOf).join(', ');

  const said: string[] = [];
  if (boxes.added.length > 0) said.push(`${named(boxes.added)} added`);
  if (boxes.removed.length > 0) said.push(`${named(boxes.removed)} deleted`);
  for (const id of boxes.changed.slice(0, MANY)) {
    const [old, now] = [before.nodes[id]?.name, after.nodes[id]?.name];
    said.push(old === now ? `Settings of ${now} changed` : `${old} renamed to ${now}`);
  }
  if (places.changed.length > 0) said.push(`${named(places.changed)} moved`);
  said.push(...describeGroups(before.groups, after.groups), ...describeNotes(before.notes, after.notes));
  said.push(...describeLines(before, after, lines, { ends, hasBoxes: boxes.added.length + boxes.removed.length > 0 }));
  return said.join('. ');
}

function describeGroups(before: Records<Group>, after: Records<Group>): string[] {
  const groups = changed(before, after);
  return [
    ...groups.added.map((id) => `Group ${after[id]?.title} made`),
    ...groups.removed.map((id) => `Group ${before[id]?.title} taken apart`),
    ...groups.changed.map((id) => {
      const [old, now] = [before[id], after[id]];
      if (old?.title !== now?.title) return `Group ${old?.title} renamed to ${now?.title}`;
      if (old?.collapsed !== now?.collapsed) return `Group ${now?.title} ${now?.collapsed ? 'collapsed' : 'expanded'}`;
      return `Group ${now?.title} changed`;
    }),
  ];
}

function describeNotes(before: Records<Note>, after: Records<Note>): string[] {
  const notes = changed(before, after);
  const moved = notes.changed.filter((id) => before[id]?.x !== after[id]?.x || before[id]?.y !== after[id]?.y);
  const said = [
    [notes.added.length, 'added'],
    [notes.removed.length, 'deleted'],
    [moved.length, 'moved'],
    [notes.changed.length - moved.length, 'changed'],
  ] as const;
  return said.flatMap(([count, word]) =>
    count === 0 ? [] : [`${count === 1 ? 'Note' : plural(count, 'note')} ${word}`],
  );
}

interface LineWords {
  ends(line: Connection): string;
  /** Lines that come and go with their boxes are not worth a word. */
  hasBoxes: boolean;
}

function describeLines(
  before: DocumentContent,
  after: DocumentContent,
  lines: ReturnType<typeof changed>,
  { ends, hasBoxes }: LineWords,
): string[] {
  const said: string[] = [];
  const say = (
    ids: readonly string[],
    records: Records<Connection>,
    one: (line: Connection) => string,
    many: string,
  ) => {
    const first = records[ids[0] ?? ''];
    if (!first || hasBoxes) return;
    said.push(ids.length === 1 ? one(first) : `${plural(ids.length, 'line')} ${many}`);
  };
  say(lines.added, after.connections, (line) => `Line drawn ${ends(line)}`, 'drawn');
  say(lines.removed, before.connections, (line) => `Line ${ends(line)} deleted`, 'deleted');
  const grants = ({ grants: all }: Connection) => (all.length > 0 ? `grants ${all.join(', ')}` : 'grants nothing');
  say(lines.changed, after.connections, (line) => `Line ${ends(line)} ${grants(line)}`, 'changed');
  return said;
}
