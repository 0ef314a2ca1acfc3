const FAMILIES = ['network', 'compute', 'data', 'messaging', 'storage', 'identity', 'observe'];
const TINTS = ['grey', 'blue', 'green', 'amber', 'red', 'violet'].map((tint) => `tint-${tint}`);
const OTHERS = (
  'canvas raised line line-strong text text-2 text-3 accent on-accent ok warn bad busy ' +
  'create change replace delete unknown surface'
).split(' ');

/** The page's variables as colours that a canvas takes. */
export interface Colors {
  of(name: string): string;
  /** So many parts of a hundred of one over the other: opaque, which paints faster than see-through. */
  mix(name: string, percent: number, ground: string): string;
  font: string;
}

/** Reads the theme as it is now. */
export function readColors(element: Element): Colors {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const known = new Map([...FAMILIES, ...TINTS, ...OTHERS].map((name) => [name, read(name) || '#808080']));
  const mixed = new Map<string, string>();
  const of = (name: string) => known.get(name) ?? '#808080';
  return {
    of,
    mix(name, percent, ground) {
      const key = `${name} ${percent} ${ground}`;
      const found = mixed.get(key) ?? blend(of(name), of(ground), percent / 100);
      mixed.set(key, found);
      return found;
    },
    font: read('font') || 'sans-serif',
  };
}

const channels = (color: string): number[] => {
  const hex = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0);
};

function blend(over: string, under: string, share: number): string {
  const [top, ground] = [channels(over), channels(under)];
  return `rgb(${top.map((value, index) => Math.round(value * share + (ground[index] ?? 0) * (1 - share))).join(' ')})`;
}
