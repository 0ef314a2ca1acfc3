import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent, PointerEvent } from 'react';

interface Size {
  width: number;
  height: number;
}

const GRID = 8;
const LEAST: Size = { width: 80, height: 40 };
const MOST = 4000;
const STEPS: Record<string, readonly [width: number, height: number]> = {
  ArrowLeft: [-GRID, 0],
  ArrowRight: [GRID, 0],
  ArrowUp: [0, -GRID],
  ArrowDown: [0, GRID],
};

const fit = (value: number, least: number) => Math.min(MOST, Math.max(least, Math.round(value / GRID) * GRID));

interface Props {
  size: Size;
  /** Tab comes to the grip of a selected note only. */
  isSelected: boolean;
  onSize(size: Size): void;
  onDone(size: Size): void;
}

/** The corner that a note is made larger or smaller by, with the pointer or with arrow keys. */
export function ResizeGrip(props: Props) {
  const { getZoom } = useReactFlow();
  const { size, isSelected, onSize, onDone } = props;

  const begin = (down: PointerEvent<HTMLButtonElement>) => {
    down.stopPropagation();
    const grip = down.currentTarget;
    grip.setPointerCapture(down.pointerId);
    const zoom = getZoom();
    let now = { width: size.width, height: size.height };
    const move = (event: globalThis.PointerEvent) => {
      now = {
        width: fit(size.width + (event.clientX - down.clientX) / zoom, LEAST.width),
        height: fit(size.height + (event.clientY - down.clientY) / zoom, LEAST.height),
      };
      onSize(now);
    };
    const end = () => {
      grip.removeEventListener('pointermove', move);
      onDone(now);
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    onDone({ width: fit(size.width + step[0], LEAST.width), height: fit(size.height + step[1], LEAST.height) });
  };
  return (
    <button
      type="button"
      className="resize-grip nodrag nopan"
      tabIndex={isSelected ? 0 : -1}
      aria-label="Resize the note: drag, or arrow keys"
      onPointerDown={begin}
      onKeyDown={onKeyDown}
    />
  );
}
