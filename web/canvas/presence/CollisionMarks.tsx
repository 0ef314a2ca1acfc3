import { IconGitCompare } from '@tabler/icons-react';
import type { Collision } from '../../stores/collisions.ts';
import { describeClient, describeCollision } from '../../stores/describe-edit.ts';
import { useDocument, usePresence, useSession, useSync, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Frame } from './Outlines.tsx';
import { type Place, usePlace } from './use-place.ts';

/** Marks what two people set at once, and shows both versions of the one that is looked at. */
export function CollisionMarks() {
  const collisions = useSync((state) => state.collisions);
  const shown = useSession((state) => state.collision);
  const nodes = new Map<string, Collision[]>();
  const lines = new Map<string, Collision[]>();
  for (const collision of collisions) {
    const [collection, id] = collision.path;
    const marks = collection === 'nodes' ? nodes : collection === 'connections' ? lines : undefined;
    marks?.set(id, [...(marks.get(id) ?? []), collision]);
  }
  return (
    <>
      {[...nodes].map(([id, list]) => (
        <Frame key={id} id={id} className="collision-mark">
          <CollisionBadge list={list} />
          <Versions collision={list.find((each) => each.id === shown)} />
        </Frame>
      ))}
      {[...lines].map(([id, list]) => (
        <LineMark key={id} id={id} list={list} shown={list.find((each) => each.id === shown)} />
      ))}
    </>
  );
}

function CollisionBadge({ list }: { list: readonly Collision[] }) {
  const { session } = useWorkspace();
  const [first] = list;
  return (
    <button
      type="button"
      className="collision-badge nodrag nopan"
      tabIndex={-1}
      onClick={() => session.setState({ collision: first?.id })}
    >
      <IconGitCompare size={13} stroke={1.75} aria-hidden />
      {list.length === 1 ? '2 versions' : plural(list.length, 'conflict')}
    </button>
  );
}

const middle = (from: Place, to: Place) => ({
  x: (from.x + from.width + to.x) / 2,
  y: (from.y + from.height / 2 + to.y + to.height / 2) / 2,
});

interface LineMarkProps {
  id: string;
  list: readonly Collision[];
  shown: Collision | undefined;
}

function LineMark({ id, list, shown }: LineMarkProps) {
  const line = useDocument((state) => state.connections[id]);
  const from = usePlace(line?.from.node);
  const to = usePlace(line?.to.node);
  if (!from || !to) return null;
  const { x, y } = middle(from, to);
  return (
    <div className="collision-mark" data-line={id} style={{ translate: `${x}px ${y}px` }}>
      <CollisionBadge list={list} />
      <Versions collision={shown} />
    </div>
  );
}

/** Both versions side by side, beside the box. */
function Versions({ collision }: { collision: Collision | undefined }) {
  const { library, document } = useWorkspace();
  const names = usePresence((state) => state.names);
  if (!collision) return null;
  const { field, mine, theirs } = describeCollision(library.catalog, document.content(), collision);
  return (
    <div className="versions" role="note" aria-label={`Both versions of ${field}`}>
      <p>{field}</p>
      <dl>
        <div>
          <dt>Yours</dt>
          <dd>{mine}</dd>
        </div>
        <div>
          <dt>{describeClient(names, collision.who)}</dt>
          <dd>{theirs}</dd>
        </div>
      </dl>
    </div>
  );
}
