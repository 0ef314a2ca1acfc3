import { deleteSelection } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';

export function SelectionPanel({ nodes, lines }: { nodes: number; lines: number }) {
  const workspace = useWorkspace();
  const parts = [nodes && plural(nodes, 'box', 'boxes'), lines && plural(lines, 'line')].filter(Boolean).join(', ');
  return (
    <>
      <header className="inspector-head">
        <h2>{parts} selected</h2>
      </header>
      <Section title="Together">
        <Quiet>Drag one to move them all.</Quiet>
        <button type="button" className="button" onClick={() => void deleteSelection.perform(workspace)}>
          Delete
        </button>
      </Section>
    </>
  );
}
