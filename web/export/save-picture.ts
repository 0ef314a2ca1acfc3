import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import tokens from '../ui/tokens.css?raw';
import { drawSvg, type Measure } from './draw-svg.ts';
import { type ExportTheme, readPalette } from './palette.ts';
import type { Picture } from './picture.ts';

export interface SaveOptions {
  /** Without its ending. */
  name: string;
  format: 'svg' | 'png';
  theme: ExportTheme;
  hasBackground: boolean;
}

const SHARPNESS = 2;
/** The largest side of a canvas that every browser draws. */
const LARGEST_SIDE = 16_000;

const asDataAddress = (blob: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('The font could not be read.'));
    reader.readAsDataURL(blob);
  });

let font: Promise<string> | undefined;
const interFont = () => {
  font ??= fetch(inter)
    .then((answer) => answer.blob())
    .then(asDataAddress)
    .catch((error) => {
      // Another try asks again.
      font = undefined;
      throw error;
    });
  return font;
};

function textMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  return (text, size, weight) => {
    if (!context) return text.length * size * 0.55;
    context.font = `${weight} ${size}px "Inter Variable", Inter, system-ui, sans-serif`;
    return context.measureText(text).width;
  };
}

async function rasterise(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SHARPNESS, LARGEST_SIDE / width, LARGEST_SIDE / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) =>
        blob ? resolve(blob) : reject(new Error('The picture is too large for this browser. Save it as SVG.')),
      'image/png',
    ),
  );
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Draws a picture in the page's look and saves it as a file. */
export async function savePicture(picture: Picture, options: SaveOptions): Promise<void> {
  const { name, format, theme, hasBackground } = options;
  const palette = readPalette(tokens, theme);
  const { svg, width, height } = drawSvg(picture, {
    palette,
    hasBackground,
    measure: textMeasure(),
    font: await interFont(),
  });
  const blob = format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await rasterise(svg, width, height);
  download(blob, `${name}.${format}`);
}
