import { IconCode } from '@tabler/icons-react';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { sortKeys } from '../../../schemas/rules/canonical.ts';
import { showPane } from '../../actions/panes.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';

/** The box as it stands in the graph file. */
export function NodeJson({ node }: { node: GraphNode }) {
  const { session } = useWorkspace();
  const pane = useSession((state) => state.pane);
  const text = JSON.stringify(sortKeys(node), null, 2);
  return (
    <Section title="As it stands in the graph file" aside={<CopyButton value={text} label="Copy the JSON" />}>
      <Quiet>Only what differs from preset and defaults is written down.</Quiet>
      {/* Long values scroll, which the keyboard must reach too. */}
      <pre className="raw" tabIndex={0} aria-label={`JSON of ${node.name}`}>
        {text}
      </pre>
      {pane === 'canvas' && (
        <button type="button" className="button small" onClick={() => showPane(session, 'both')}>
          <IconCode size={15} stroke={1.75} aria-hidden />
          Open in text
        </button>
      )}
    </Section>
  );
}
