/** How the canvas is drawn: real boxes, or a picture of them. */
export type Level = 'near' | 'far';

/** Small graphs cost little, so their boxes stay real for longer. */
const SMALL_GRAPH = 60;
const FAR_BELOW = { small: 0.3, large: 0.5 };
/** Between the two borders the level stays as it was, so that a zoom at the border does not flicker. */
const BAND = 1.08;

export function levelAt(zoom: number, boxes: number, before: Level): Level {
  const border = boxes <= SMALL_GRAPH ? FAR_BELOW.small : FAR_BELOW.large;
  if (zoom < border) return 'far';
  return before === 'far' && zoom < border * BAND ? 'far' : 'near';
}

/** Boxes this wide on the screen are cards with a name inside; narrower ones are blocks with a name where there is room. */
export const CARD_WIDTH = 44;
/** Below this zoom lines between districts are drawn as one. */
export const BUNDLE_BELOW = 0.2;

export const startLevel = (boxes: number): Level => (boxes > SMALL_GRAPH ? 'far' : 'near');
