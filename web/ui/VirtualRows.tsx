import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

interface Props {
  label: string;
  count: number;
  rowHeight: number;
  render(index: number): ReactNode;
}

const OVERSCAN = 20;

/** Rows of one height, of which only the visible ones exist; stays at the end while the reader is there. */
export function VirtualRows({ label, count, rowHeight, render }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [view, setView] = useState({ top: 0, height: 400 });

  const measure = () => {
    const element = frame.current;
    if (!element) return;
    isAtEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight * 2;
    setView({ top: element.scrollTop, height: element.clientHeight });
  };

  useLayoutEffect(() => {
    const element = frame.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
    measure();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only new rows move the end.
  }, [count]);

  const first = Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    // A scrolling region needs the keyboard too.
    <div className="virtual" ref={frame} onScroll={measure} role="log" aria-label={label} tabIndex={0}>
      <div style={{ height: count * rowHeight }}>
        <div style={{ transform: `translateY(${first * rowHeight}px)` }}>{rows.map(render)}</div>
      </div>
    </div>
  );
}
