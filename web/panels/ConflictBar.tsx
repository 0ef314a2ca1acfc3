import { useStore } from 'zustand';
import type { Graph } from '../../schemas/generated/types.ts';
import { graphOf } from '../stores/document-changes.ts';
import { isSame } from '../stores/merge-patch.ts';
import { useDocument, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

/** Names of boxes that `after` adds, changes or takes away. */
function changedNames(before: Graph | undefined, after: Graph): string[] {
  const old = new Map((before?.nodes ?? []).map((node) => [node.id, node]));
  const changed = after.nodes.filter((node) => !isSame(old.get(node.id), node)).map((node) => node.name);
  const kept = new Set(after.nodes.map((node) => node.id));
  return [...changed, ...[...old.values()].filter((node) => !kept.has(node.id)).map((node) => node.name)];
}

function lineCount(before: Graph | undefined, after: Graph): number {
  const old = new Map((before?.connections ?? []).map((line) => [line.id, line]));
  const changed = after.connections.filter((line) => !isSame(old.get(line.id), line)).length;
  const kept = new Set(after.connections.map((line) => line.id));
  return changed + [...old.keys()].filter((id) => !kept.has(id)).length;
}

function describe(before: Graph | undefined, after: Graph): string {
  const names = changedNames(before, after);
  const lines = lineCount(before, after);
  const parts = [names.length > 0 && names.join(', '), lines > 0 && plural(lines, 'line')].filter(Boolean);
  return parts.length > 0 ? parts.join(' and ') : 'nothing that differs';
}

/** Somebody else saved first: both versions named, and nothing is lost whichever stays on top. */
export function ConflictBar() {
  const { autosave } = useWorkspace();
  const conflict = useStore(autosave.state, (state) => state.conflict);
  const nodes = useDocument((state) => state.nodes);
  const connections = useDocument((state) => state.connections);
  if (!conflict) return null;
  const mine = graphOf({ nodes, connections, positions: {} });
  return (
    <div className="conflict">
      <Notice
        tone="warn"
        title={`Somebody saved revision ${conflict.current} while you were editing ${conflict.base}.`}
      >
        <p>
          They changed {describe(conflict.baseGraph, conflict.currentGraph)}. You changed{' '}
          {describe(conflict.baseGraph, mine)}.
        </p>
        <div className="conflict-choice">
          <button type="button" className="button" onClick={() => autosave.takeTheirs()}>
            Choose theirs
          </button>
          <button type="button" className="button" onClick={() => void autosave.keepMine()}>
            Keep mine
          </button>
          <span className="quiet">
            Theirs: undo brings yours back. Mine: theirs stays as revision {conflict.current}.
          </span>
        </div>
      </Notice>
    </div>
  );
}
