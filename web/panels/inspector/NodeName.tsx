import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleGlyph } from '../../ui/ModuleIcon.tsx';

/** A box by its glyph and name, as it is called now. */
export function NodeName({ id, fallback }: { id: string; fallback?: string }) {
  const { library } = useWorkspace();
  const node = useDocument((state) => state.nodes[id]);
  const detail = node && library.module(node.module);
  return (
    <span className="node-name" style={{ color: `var(--${detail?.manifest.family ?? 'identity'})` }}>
      <ModuleGlyph svg={detail?.icon} size={16} />
      <strong>{node?.name ?? fallback ?? id}</strong>
    </span>
  );
}
