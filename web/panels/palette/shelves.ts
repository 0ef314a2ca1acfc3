import type { ModuleDetail } from '../../../schemas/generated/types.ts';

const ORDER = ['Network', 'Compute', 'Data', 'Messaging', 'Storage', 'Identity', 'Observability'];
const FAVOURITES = 'Favourites';

export interface Shelf {
  title: string;
  modules: readonly ModuleDetail[];
}

/** Words of a module that a search goes through, by how much a hit says. */
function wordsOf({ manifest }: ModuleDetail): string {
  const ports = Object.values(manifest.inputs).concat(Object.values(manifest.outputs) as never[]);
  const { title, summary, id, category, tier } = manifest;
  return `${title} ${summary} ${id} ${category} ${tier} ${ports.map((port) => port.title).join(' ')}`.toLowerCase();
}

/** Favourites first, then the categories with the rest; empty shelves are left out. In a search no module is put aside. */
export function shelvesOf(modules: readonly ModuleDetail[], search: string, favourites: readonly string[]): Shelf[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = modules.filter((detail) => words.every((word) => wordsOf(detail).includes(word)));
  const isAside = ({ manifest }: ModuleDetail) => words.length === 0 && favourites.includes(manifest.id);
  const shelves = ORDER.map(
    (category): Shelf => ({
      title: category,
      modules: found.filter((detail) => detail.manifest.category === category && !isAside(detail)),
    }),
  );
  const marked = { title: FAVOURITES, modules: found.filter(isAside) };
  return [marked, ...shelves].filter((shelf) => shelf.modules.length > 0);
}
