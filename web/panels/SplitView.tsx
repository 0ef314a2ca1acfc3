import { lazy, type PointerEvent, type ReactNode, Suspense, useRef } from 'react';
import { fetchCode } from '../api/failure.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { Notice } from '../ui/Notice.tsx';
import './split.css';

const fetchTextPane = () =>
  lazy(() => fetchCode(() => import('../text/TextPane.tsx')).then(({ TextPane }) => ({ default: TextPane })));
/** Fetched once for all times that it is shown: React remembers a fetch that failed, so that another try takes another one. */
let TextPane = fetchTextPane();
function fetchAgain() {
  TextPane = fetchTextPane();
}

const LEAST = 0.25;
const MOST = 0.75;
const STEP = 0.02;
const EVEN = 0.55;
const clamp = (share: number) => Math.min(MOST, Math.max(LEAST, share));

/** Canvas and text, or one of them. The canvas stays behind the text at its size, so that nothing moves when it comes back. */
export function SplitView({ canvas }: { canvas: ReactNode }) {
  const pane = useSession((state) => state.pane);
  const split = useSession((state) => state.split);
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div ref={frame} className="split" data-pane={pane}>
      <div
        className="split-canvas"
        inert={pane === 'text'}
        style={pane === 'both' ? { width: `calc(${split * 100}% - 4px)` } : undefined}
      >
        {canvas}
      </div>
      {pane === 'both' && <Divider frame={frame} />}
      {pane !== 'canvas' && <TextPart />}
    </div>
  );
}

/** Drawn anew by another try, with what that fetches. */
const Fetched = () => <TextPane />;

/** The editor comes with code of its own, which may be out of reach for the moment. */
function TextPart() {
  return (
    <ErrorBoundary
      fallback={(problem, retry) => (
        <div className="text-waiting">
          <Notice tone="bad" title="The text cannot be shown.">
            <p>{problem} The canvas holds everything.</p>
            <button
              type="button"
              className="button small"
              onClick={() => {
                fetchAgain();
                retry();
              }}
            >
              Try again
            </button>
          </Notice>
        </div>
      )}
    >
      <Suspense fallback={<p className="text-waiting quiet">Fetching the editor.</p>}>
        <Fetched />
      </Suspense>
    </ErrorBoundary>
  );
}

function Divider({ frame }: { frame: React.RefObject<HTMLDivElement | null> }) {
  const { session } = useWorkspace();
  const split = useSession((state) => state.split);
  const set = (share: number) => session.setState({ split: clamp(share) });
  const drag = (event: PointerEvent<HTMLElement>) => {
    const area = frame.current?.getBoundingClientRect();
    if (!area || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set((event.clientX - area.left) / area.width);
  };
  const keys: Record<string, number> = {
    ArrowLeft: split - STEP,
    ArrowRight: split + STEP,
    Home: LEAST,
    End: MOST,
    Enter: EVEN,
  };
  return (
    // biome-ignore lint: a separator that can be moved takes the focus, as ARIA describes it.
    <div
      className="split-divider"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the canvas beside the text"
      aria-valuemin={LEAST * 100}
      aria-valuemax={MOST * 100}
      aria-valuenow={Math.round(split * 100)}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => set(EVEN)}
      onKeyDown={(event) => {
        const share = keys[event.key];
        if (share === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        set(share);
      }}
    />
  );
}
