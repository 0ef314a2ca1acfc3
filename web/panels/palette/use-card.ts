import { useCallback, useEffect, useRef, useState } from 'react';
import type { ModuleDetail } from '../../../schemas/generated/types.ts';

const OPEN_MS = 420;
const CLOSE_MS = 160;

export interface ShownCard {
  detail: ModuleDetail;
  anchor: DOMRect;
}

/** One card at a time: it waits for a pointer that rests, follows one that moves on, and stays while the pointer is in it. */
export function useCard() {
  const [shown, setShown] = useState<ShownCard>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOpen = shown !== undefined;

  const close = useCallback(() => {
    clearTimeout(timer.current);
    setShown(undefined);
  }, []);
  const show = useCallback((detail: ModuleDetail, row: HTMLElement) => {
    clearTimeout(timer.current);
    setShown({ detail, anchor: row.getBoundingClientRect() });
  }, []);
  const rest = useCallback(
    (detail: ModuleDetail, row: HTMLElement) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => show(detail, row), isOpen ? CLOSE_MS / 2 : OPEN_MS);
    },
    [show, isOpen],
  );
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(close, CLOSE_MS);
  }, [close]);
  const stay = useCallback(() => clearTimeout(timer.current), []);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { shown, show, rest, leave, stay, close };
}

export type Card = ReturnType<typeof useCard>;
