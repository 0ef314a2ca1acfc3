import { freeId, mendId } from '../../schemas/rules/mend-id.ts';
import { valueAt } from './loose-edits.ts';
import { type LooseValue, plainValue } from './loose-json.ts';
import { likelyNames, replaceWith } from './mend-values.ts';
import type { Flaw, Mend } from './mends.ts';
import { renamedBoxes } from './renamed-boxes.ts';

/** The id in a form that the rules and AWS take; of a box, in the lines that name it too. */
export function acceptedId(flaw: Flaw): Mend[] {
  const { path, root, knowledge, before } = flaw;
  const given = givenAt(flaw);
  const id = given === undefined ? undefined : mendId(given);
  if (given === undefined || id === undefined) return [];
  if (path[0] === 'connections' && path[2] === 'id') return replaceWith(flaw, [freeId(id, isTaken(flaw))]);
  const boxes = new Set(knowledge.graph.nodes.map((node) => node.id));
  if (!boxes.has(given)) return boxes.has(id) ? renameAll(flaw, endsAt(root, given), id) : [];
  const own = recordsOf(root, given);
  const free = freeId(id, (each) => boxes.has(each));
  // Of two boxes with one id, nothing says which of them the lines mean.
  if (own.length > 1) return replaceWith(flaw, [free]);
  // Lines may name it by the id that it had before this one was typed.
  const old = renamedBoxes(before.nodes, knowledge.graph.nodes).get(given);
  const ends = [given, old].flatMap((each) => (each === undefined ? [] : endsAt(root, each)));
  return renameAll(flaw, [...own, ...ends], free);
}

/** The name on one line and no longer than it may be; of an empty one, the id. */
export function acceptedName(flaw: Flaw): Mend[] {
  const given = givenAt(flaw);
  const line = given
    ?.replace(/\p{Control}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim();
  const name = line || flaw.record?.id;
  return typeof name === 'string' && name !== given ? replaceWith(flaw, [name]) : [];
}

const LONGEST_NAME = 60;

/** Of two records with one id, the later gets a free one. */
export function freshId(flaw: Flaw): Mend[] {
  const id = givenAt(flaw);
  return id === undefined ? [] : replaceWith(flaw, [freeId(id, isTaken(flaw))]);
}

/**
 * A box in place of one that is not there, in every line that names it: the box that it was renamed to first, and how to take that
 * back; then those with names like it.
 */
export function knownBox(flaw: Flaw): Mend[] {
  const { root, before, knowledge } = flaw;
  const old = givenAt(flaw);
  if (old === undefined) return [];
  const ends = endsAt(root, old);
  const now = [...renamedBoxes(before.nodes, knowledge.graph.nodes)].find(([, from]) => from === old)?.[0];
  const near = likelyNames(flaw).filter((name) => name !== now);
  const others = near.flatMap((name) => renameAll(flaw, ends, name));
  if (now === undefined) return others;
  const rename = { name: `Rename everywhere to ${JSON.stringify(now)}`, changes: replaced(ends, now) };
  const back = {
    name: `Put the id ${JSON.stringify(old)} back`,
    changes: replaced([...recordsOf(root, now), ...endsAt(root, now)], old),
  };
  // To the cloud, a box with another id is another box.
  return [...(knowledge.isApplied(old) ? [back, rename] : [rename, back]), ...others];
}

function givenAt({ root, path }: Flaw): string | undefined {
  const given = plainValue(valueAt(root, path));
  return typeof given === 'string' ? given : undefined;
}

/** Whether a record of the same list has this id. */
export function isTaken({ path, knowledge: { graph } }: Flaw): (id: string) => boolean {
  const taken = new Set((path[0] === 'nodes' ? graph.nodes : graph.connections).map(({ id }) => id));
  return (id) => taken.has(id);
}

/** Where boxes have this id. */
function recordsOf(root: LooseValue, id: string): LooseValue[] {
  return textsAt(root, 'nodes', [['id']], id);
}

/** Where lines name this box. */
function endsAt(root: LooseValue, node: string): LooseValue[] {
  const ends = [
    ['from', 'node'],
    ['to', 'node'],
  ];
  return textsAt(root, 'connections', ends, node);
}

function textsAt(root: LooseValue, name: string, paths: readonly (readonly string[])[], text: string): LooseValue[] {
  const list = valueAt(root, [name]);
  if (list?.kind !== 'array') return [];
  const values = list.items.flatMap((item) => paths.map((path) => valueAt(item, path)));
  return values.filter((value) => value !== undefined).filter((value) => plainValue(value) === text);
}

function replaced(places: readonly LooseValue[], text: string): Mend['changes'] {
  const insert = JSON.stringify(text);
  return places.map(({ from, to }) => ({ from, to, insert })).sort((left, right) => left.from - right.from);
}

function renameAll(flaw: Flaw, places: readonly LooseValue[], id: string): Mend[] {
  if (places.length <= 1) return replaceWith(flaw, [id]);
  return [{ name: `Replace with ${JSON.stringify(id)} everywhere`, changes: replaced(places, id) }];
}
