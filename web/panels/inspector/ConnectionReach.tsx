import type { Connection, GraphNode } from '../../../schemas/generated/types.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { words } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeName } from './NodeName.tsx';

/** Every other line that leaves the same box: who else is concerned. */
export function ConnectionReach({ line, producer }: { line: Connection; producer: GraphNode }) {
  const { session } = useWorkspace();
  const connections = useDocument((state) => state.connections);
  const others = Object.values(connections).filter((other) => other.from.node === producer.id && other.id !== line.id);
  return (
    <Section title={`Who else reaches ${producer.name}`}>
      {others.length === 0 && <Quiet>Nobody. This is its only line.</Quiet>}
      {others.map((other) => (
        <button
          type="button"
          className="row-button"
          key={other.id}
          onClick={() => select(session, { connections: [other.id] })}
        >
          <NodeName id={other.to.node} />
          <span>{other.grants.length > 0 ? other.grants.join(', ') : words(other.from.port)}</span>
        </button>
      ))}
    </Section>
  );
}
