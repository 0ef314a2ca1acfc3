import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Collision } from '../stores/collisions.ts';
import { describeClient, describeCollision } from '../stores/describe-edit.ts';
import { useDocument, usePresence, useSession, useSync, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { RefusedEdits } from './RefusedEdits.tsx';

/** What two people set at once, with both values; and what the server did not take. Nothing of either is lost. */
export function ConflictBar() {
  const collisions = useSync((state) => state.collisions);
  const refused = useSync((state) => state.refused);
  if (collisions.length + refused.length === 0) return null;
  return (
    <div className="conflict">
      {collisions.length > 0 && <Collisions collisions={collisions} />}
      {refused.length > 0 && (
        <Notice tone="bad" title={`${plural(refused.length, 'edit')} could not be kept.`}>
          <RefusedEdits items={refused} />
        </Notice>
      )}
    </div>
  );
}

function Collisions({ collisions }: { collisions: readonly Collision[] }) {
  const { sync, session } = useWorkspace();
  const [isOpen, setOpen] = useState(true);
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  const settleAll = (keep: 'mine' | 'theirs') => {
    for (const collision of collisions) sync.settle(collision, keep);
    session.setState({ collision: undefined });
  };
  return (
    <Notice tone="warn" title={`${plural(collisions.length, 'value')} set by two people at once.`}>
      <button
        type="button"
        className="icon-button small conflict-fold"
        aria-label={isOpen ? 'Show fewer' : 'Show the conflicts'}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={16} stroke={1.75} />
      </button>
      {isOpen && (
        <>
          <ul className="collisions" aria-label="Conflicts">
            {collisions.map((collision) => (
              <CollisionRow key={collision.id} collision={collision} />
            ))}
          </ul>
          <div className="conflict-choice">
            {collisions.length > 1 && (
              <>
                <button type="button" className="button small" onClick={() => settleAll('mine')}>
                  Keep all mine
                </button>
                <button type="button" className="button small" onClick={() => settleAll('theirs')}>
                  Keep all theirs
                </button>
              </>
            )}
            <span className="quiet">Everything else has merged. A choice can be undone.</span>
          </div>
        </>
      )}
    </Notice>
  );
}

function CollisionRow({ collision }: { collision: Collision }) {
  const { sync, session, library, document } = useWorkspace();
  const names = usePresence((state) => state.names);
  useDocument((state) => state.nodes);
  const isShown = useSession((state) => state.collision === collision.id);
  const { thing, field, mine, theirs } = describeCollision(library.catalog, document.content(), collision);
  const node = collision.path[0] === 'nodes' ? collision.path[1] : undefined;
  const show = () => session.setState({ collision: collision.id });
  const settle = (keep: 'mine' | 'theirs') => {
    sync.settle(collision, keep);
    session.setState({ collision: undefined });
  };
  return (
    <li data-shown={isShown} onPointerEnter={show} onFocus={show}>
      <button
        type="button"
        className="collision-thing"
        title="Show it on the canvas"
        onClick={() => session.setState({ collision: collision.id, ...(node ? { reveal: { node } } : {}) })}
      >
        <strong>{thing}</strong> {field}
      </button>
      <span className="collision-values">
        yours <b>{mine}</b>, {describeClient(names, collision.who)} <b>{theirs}</b>
      </span>
      <button type="button" className="button small" onClick={() => settle('mine')}>
        Keep mine
      </button>
      <button type="button" className="button small" onClick={() => settle('theirs')}>
        Keep theirs
      </button>
    </li>
  );
}
