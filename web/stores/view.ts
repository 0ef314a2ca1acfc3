import type { Position } from '../../schemas/generated/types.ts';

/** Something on the canvas that the keyboard can stand on. */
export interface Element {
  kind: 'box' | 'line' | 'group' | 'note';
  id: string;
}

/** A line that shows what a dragged box is in line with, in canvas coordinates. */
export interface Guide {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

/** What commands may ask of the canvas that is on the page. */
export interface CanvasView {
  /** Brings these boxes into view, or all. */
  fit(nodes?: readonly string[]): void;
  zoomBy(direction: 'in' | 'out'): void;
  zoomToFull(): void;
  /** Where the pointer is on the canvas, else the middle of what is visible. */
  aim(): Position;
  /** Brings something into view where it is not. */
  show(element: Element): void;
  /** Gives the keyboard to something, and brings it into view where it is not; to the canvas itself where nothing is named. */
  focus(element: Element | undefined): void;
  /** Where an element stands in the window. */
  place(element: Element): Position | undefined;
}
