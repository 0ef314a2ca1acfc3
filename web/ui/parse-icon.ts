export interface IconShape {
  tag: string;
  attributes: Record<string, string>;
  children: IconShape[];
}

const TAGS = new Set(['g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon']);
const ATTRIBUTES = new Set(
  'd cx cy r rx ry x y x1 y1 x2 y2 width height points transform fill stroke stroke-width fill-rule clip-rule stroke-linecap stroke-linejoin stroke-dasharray opacity'.split(
    ' ',
  ),
);

/** The drawing in a module's SVG, shapes only: modules may be private, so nothing else of their text reaches the page. */
export function parseIcon(svg: string): { viewBox: string; shapes: IconShape[] } | undefined {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg') return undefined;
  return { viewBox: root.getAttribute('viewBox') ?? '0 0 24 24', shapes: shapesOf(root) };
}

function shapesOf(element: Element): IconShape[] {
  return [...element.children]
    .filter((child) => TAGS.has(child.localName))
    .map((child) => ({
      tag: child.localName,
      attributes: Object.fromEntries(
        [...child.attributes]
          .filter(({ name, value }) => ATTRIBUTES.has(name) && !value.includes('url('))
          .map(({ name, value }) => [camel(name), value]),
      ),
      children: shapesOf(child),
    }));
}

const camel = (name: string) => name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
