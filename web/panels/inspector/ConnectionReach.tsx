import type { Connection, GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { reachedBy } from '../../../schemas/rules/reach.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { words } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { howWords, pathRows } from './access-rows.ts';
import { NodeName } from './NodeName.tsx';
import { useNames, useReach } from './use-reach.ts';

/** Every other line by which somebody reaches the producer: consumers, and services that its own policy lets in. */
export function ConnectionReach({ line, producer }: { line: Connection; producer: GraphNode }) {
  const { session, library } = useWorkspace();
  const connections = useDocument((state) => state.connections);
  const nameOf = useNames();
  const manifest = library.catalog.findModule(producer.module, producer.version);
  const others = Object.values(connections)
    .filter((other) => other.id !== line.id)
    .flatMap((other) => reach(other, producer.id, manifest));
  const passedOn = pathRows(reachedBy(useReach(), producer.id)).filter(({ through }) => through);
  return (
    <Section title={`Who else reaches ${producer.name}`}>
      {others.length + passedOn.length === 0 && <Quiet>Nobody. This is its only line.</Quiet>}
      {others.map(({ id, node, may }) => (
        <button type="button" className="row-button" key={id} onClick={() => select(session, { connections: [id] })}>
          <NodeName id={node} />
          <span>{may}</span>
        </button>
      ))}
      {passedOn.map((row) => (
        <button
          type="button"
          className="row-button"
          key={row.key}
          onClick={() => select(session, { connections: [row.connection] })}
        >
          <NodeName id={row.actor} />
          <span>
            {row.grants.join(', ')}, {howWords(row, nameOf)}
          </span>
        </button>
      ))}
    </Section>
  );
}

/** How a line reaches a box, if it does: by grants that it hands out, or by a statement in its resource policy. */
function reach(line: Connection, box: string, manifest: ModuleManifest | undefined) {
  if (line.from.node === box) {
    return [{ id: line.id, node: line.to.node, may: line.grants.join(', ') || words(line.from.port) }];
  }
  const policy = line.to.node === box ? manifest?.inputs[line.to.port]?.resourcePolicy : undefined;
  if (!policy || line.grants.length === 0) return [];
  return [{ id: line.id, node: line.from.node, may: `${line.grants.join(', ')} → ${policy.actions.join(', ')}` }];
}
