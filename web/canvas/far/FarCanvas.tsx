import { useStoreApi } from '@xyflow/react';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { SessionState } from '../../stores/session.ts';
import { useDocument, useRun, useSession } from '../../stores/use-workspace.ts';
import { flowId } from '../groups/flow-id.ts';
import { useShownNodes } from '../use-shown-nodes.ts';
import { concernedBy, createLooks, type LookOf } from './looks.ts';
import { createPainter, type Painter } from './painter.ts';
import type { Scene, Shape } from './scene.ts';

interface Props {
  /** Nothing while the boxes are real. */
  scene: Scene | undefined;
  moved: ReadonlyMap<string, Shape>;
  hovered: string | undefined;
}

const lensNow = ({ found, lens }: SessionState) => found ?? lens;

/** A new reading of the stores whenever something changed that shapes say. */
function useLooks(): LookOf {
  const nodes = useShownNodes();
  const groups = useDocument((state) => state.groups);
  const notes = useDocument((state) => state.notes);
  const run = useRun((state) => state.run);
  const steps = useRun((state) => state.steps);
  const runtime = useRun((state) => state.runtime);
  const issues = useRun((state) => state.issues);
  const lens = useSession(lensNow);
  const looks = useMemo(
    () => createLooks({ nodes, groups, notes, run, steps, runtime, issues }),
    [nodes, groups, notes, run, steps, runtime, issues],
  );
  // What the lens or the search leaves out steps back, as it does near by.
  return useMemo(() => {
    if (!lens) return looks;
    return (shape) => {
      const isOut = shape.boxes.length > 0 && !shape.boxes.some((id) => lens.nodes[id]);
      return { ...looks(shape), isBack: isOut };
    };
  }, [looks, lens]);
}

/** The graph from afar, painted. What can be done with it is done by elements that are mounted where the pointer is. */
export const FarCanvas = memo(function FarCanvas({ scene, moved, hovered }: Props) {
  const store = useStoreApi();
  const holder = useRef<HTMLDivElement>(null);
  const under = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(undefined);
  const selection = useSession((state) => state.selection);
  const lensLines = useSession((state) => lensNow(state)?.connections);
  const looks = useLooks();
  const issues = useRun((state) => state.issues);

  useLayoutEffect(() => {
    if (!holder.current || !under.current || !over.current) return;
    const made = createPainter(holder.current, under.current, over.current);
    painter.current = made;
    const follow = ({ transform: [x, y, zoom], width, height }: ReturnType<typeof store.getState>) =>
      made.look({ x, y, zoom }, { width, height });
    follow(store.getState());
    const stop = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height)
        follow(state);
    });
    const themes = new MutationObserver(() => made.takeTheme());
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      stop();
      themes.disconnect();
      made.stop();
    };
  }, [store]);

  const chosen = useMemo(
    () => ({
      selected: new Set([
        ...selection.nodes,
        ...selection.groups.map((id) => flowId('group', id)),
        ...selection.notes.map((id) => flowId('note', id)),
      ]),
      selectedLines: new Set(selection.connections),
    }),
    [selection],
  );

  useLayoutEffect(() => {
    if (!scene) return;
    const brokenLines = concernedBy(issues).lines;
    painter.current?.show({ scene, looks, moved, hovered, ...chosen, brokenLines, lensLines });
  }, [scene, looks, moved, hovered, chosen, issues, lensLines]);

  const isFar = scene !== undefined;
  // When all effects of this change have run, and still in its frame: a picture that is painted while the real boxes are on the page
  // would have the browser lay them out for a last time.
  useLayoutEffect(() => {
    let isGone = false;
    queueMicrotask(() => !isGone && painter.current?.setVisible(isFar));
    return () => {
      isGone = true;
    };
  }, [isFar]);

  return (
    <div ref={holder} className="far-canvas" aria-hidden style={{ visibility: 'hidden' }}>
      <canvas ref={under} />
      <canvas ref={over} />
    </div>
  );
});
