import type { RoutedLine } from '../canvas/route/route-line.ts';
import type { Rect } from '../canvas/select/rect.ts';
import type { parseIcon } from '../ui/parse-icon.ts';

/** What a picture of the canvas shows, without colours: hues are names of the page's variables. */
export interface Picture {
  frames: readonly { area: Rect; title: string; count: string; hue: string }[];
  notes: readonly { area: Rect; text: string; hue: string }[];
  lines: readonly PictureLine[];
  boxes: readonly PictureBox[];
}

export interface PictureLine extends RoutedLine {
  hue: string;
  isLive: boolean;
  isThick: boolean;
  /** What its chip says. */
  chip?: string;
}

export interface PicturePort {
  side: 'source' | 'target';
  /** From the top of the box. */
  y: number;
  text: string;
  hue: string;
  isConnected: boolean;
}

export interface PictureBox {
  area: Rect;
  kind: 'box' | 'folded' | 'stub';
  title: string;
  subtitle: string;
  hue: string;
  icon?: ReturnType<typeof parseIcon>;
  ports: readonly PicturePort[];
  footer?: { text: string; hue: string; more?: string };
}

export function areasOf({ frames, notes, boxes }: Picture): Rect[] {
  return [...frames, ...notes, ...boxes].map(({ area }) => area);
}
