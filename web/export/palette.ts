export type ExportTheme = 'light' | 'dark';

/** Colours of one theme by the names of the page's variables. */
export interface Palette {
  of(name: string): string;
  /** So many parts of a hundred of one over the other, opaque. */
  mix(name: string, percent: number, ground: string): string;
}

const DECLARATION = /--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b/gi;

function coloursIn(css: string): Map<string, string> {
  return new Map([...css.matchAll(DECLARATION)].map(([, name = '', value = '']) => [name, value]));
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Reads a theme out of the text of `tokens.css`, so that a picture has the page's colours whichever theme the page is in. */
export function readPalette(tokens: string, theme: ExportTheme): Palette {
  const [light = '', dark = ''] = tokens.split('\n[data-theme="dark"]');
  const colours = theme === 'light' ? coloursIn(light) : new Map([...coloursIn(light), ...coloursIn(dark)]);
  const of = (name: string) => colours.get(name) ?? '#808080';
  return {
    of,
    mix(name, percent, ground) {
      const [over, under] = [channels(of(name)), channels(of(ground))];
      const mixed = over.map((value, index) =>
        Math.round((value * percent + (under[index] ?? 0) * (100 - percent)) / 100),
      );
      return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    },
  };
}
