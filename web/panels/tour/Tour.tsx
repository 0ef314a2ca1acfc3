import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { STEPS, type TourStep } from './steps.ts';

const SEEN_KEY = 'plumbline.tour';
const GAP = 14;
const MARGIN = 12;
const CARD = { width: 300, height: 190 };

/** Begins by itself on the first visit; skipping it is as good as reading it. */
export function Tour() {
  const { session } = useWorkspace();
  const at = useSession((state) => state.tourStep);
  useEffect(() => {
    if (localStorage.getItem(SEEN_KEY) === null) session.setState({ tourStep: 0 });
  }, [session]);
  const step = at === undefined ? undefined : STEPS[at];
  return at === undefined || !step ? null : <StepCard key={at} at={at} step={step} />;
}

/** What a step points at, as it lies in the window now. */
function useAnchor({ anchors }: TourStep): DOMRect | undefined {
  const [rect, setRect] = useState<DOMRect>();
  useLayoutEffect(() => {
    let frame = 0;
    // The canvas moves what it draws without telling anybody; three steps are shown for seconds only.
    const follow = () => {
      const found = anchors.map((anchor) => document.querySelector(anchor)).find((element) => element !== null);
      const next = found?.getBoundingClientRect();
      setRect((now) => (now && next && isSame(now, next) ? now : next));
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [anchors]);
  return rect;
}

const isSame = (a: DOMRect, b: DOMRect) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function placeBeside(rect: DOMRect, side: TourStep['side']): CSSProperties {
  const isLarge = rect.height > CARD.height * 2;
  const left = side === 'right' ? Math.min(rect.right, window.innerWidth / 2) + GAP : rect.right - CARD.width;
  const top = side === 'below' ? rect.bottom + GAP : isLarge ? rect.top + 88 : rect.top + rect.height / 2 - 28;
  return {
    left: Math.max(MARGIN, Math.min(left, window.innerWidth - CARD.width - MARGIN)),
    top: Math.max(MARGIN, Math.min(top, window.innerHeight - CARD.height - MARGIN)),
  };
}

/** Whole also around what touches the edge of the window. */
function ringAround(rect: DOMRect): CSSProperties {
  const [left, top] = [Math.max(rect.left - 4, 2), Math.max(rect.top - 4, 2)];
  const right = Math.min(rect.right + 4, window.innerWidth - 2);
  const bottom = Math.min(rect.bottom + 4, window.innerHeight - 2);
  return { left, top, width: right - left, height: bottom - top };
}

function StepCard({ at, step }: { at: number; step: TourStep }) {
  const { session } = useWorkspace();
  const rect = useAnchor(step);
  const next = useRef<HTMLButtonElement>(null);
  const isLast = at === STEPS.length - 1;
  const isShown = rect !== undefined;

  const end = useCallback(() => {
    localStorage.setItem(SEEN_KEY, 'seen');
    session.setState({ tourStep: undefined });
  }, [session]);
  const go = (to: number) => session.setState({ tourStep: to });

  useEffect(() => {
    if (isShown) next.current?.focus({ preventScroll: true });
  }, [isShown]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [end]);

  if (!rect) return null;
  return (
    <>
      <div className="tour-ring" style={ringAround(rect)} aria-hidden />
      <div className="tour-card" role="dialog" aria-label={`Tour: ${step.title}`} style={placeBeside(rect, step.side)}>
        <span className="tour-count">
          {at + 1} of {STEPS.length}
        </span>
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div className="tour-foot">
          {!isLast && (
            <button type="button" className="link-button quiet" onClick={end}>
              Skip
            </button>
          )}
          <span className="spring" />
          {at > 0 && (
            <button type="button" className="button small" onClick={() => go(at - 1)}>
              Back
            </button>
          )}
          <button ref={next} type="button" className="button small primary" onClick={isLast ? end : () => go(at + 1)}>
            {isLast ? 'Done' : 'Next'}
          </button>
        </div>
      </div>
    </>
  );
}
