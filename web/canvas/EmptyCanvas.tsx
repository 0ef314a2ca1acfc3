import { canStartWith, startWith } from '../actions/starting-point.ts';
import { STARTING_POINTS } from '../actions/starting-points.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import { ModuleTile } from '../ui/ModuleIcon.tsx';

/** Teaches by three graphs to begin with; the palette is the other way in. */
export function EmptyCanvas() {
  const workspace = useWorkspace();
  return (
    <div className="empty">
      <h2>Nothing here yet</h2>
      <p>Drag a module from the left, or press Enter on one. Or begin with one of these; undo takes it back.</p>
      <div className="empty-starts">
        {STARTING_POINTS.filter((start) => canStartWith(workspace, start)).map((start) => (
          <button type="button" key={start.title} className="empty-start" onClick={() => startWith(workspace, start)}>
            <span className="empty-tiles">
              {start.boxes.map((box) => {
                const detail = workspace.library.module(box.module);
                return (
                  <ModuleTile
                    key={box.key}
                    svg={detail?.icon}
                    family={detail?.manifest.family ?? 'identity'}
                    size={24}
                  />
                );
              })}
            </span>
            <strong>{start.title}</strong>
            <span>{start.summary}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
