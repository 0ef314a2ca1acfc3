import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Connection, GraphNode, InputPort } from '../../../schemas/generated/types.ts';
import { canConnect } from '../../../schemas/rules/can-connect.ts';
import { EMPTY_CONTENT, graphOf } from '../../../schemas/rules/content.ts';
import { connectPorts } from '../../actions/connect.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { words } from '../../ui/format.ts';
import { notifyProblem } from '../../ui/notify.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeName } from './NodeName.tsx';
import { NodeOutputs } from './NodeOutputs.tsx';

/** Lines in and out of a box, and a way to draw one without a mouse. */
export function NodeLines({ node }: { node: GraphNode }) {
  const { library } = useWorkspace();
  const manifest = library.catalog.findModule(node.module, node.version);
  const connections = useDocument((state) => state.connections);
  const lines = Object.values(connections);
  const into = lines.filter((line) => line.to.node === node.id);
  const out = lines.filter((line) => line.from.node === node.id);
  return (
    <>
      <Section title="What it takes" aside={`${into.length}`}>
        {Object.entries(manifest?.inputs ?? {}).map(([port, input]) => (
          <InputLines key={port} node={node} port={port} input={input} lines={into.filter((l) => l.to.port === port)} />
        ))}
        {Object.keys(manifest?.inputs ?? {}).length === 0 && <Quiet>Nothing: it stands alone.</Quiet>}
      </Section>
      <Section title="Who takes from it" aside={`${out.length}`}>
        {out.length === 0 && <Quiet>Nobody yet.</Quiet>}
        {out.map((line) => (
          <LineRow key={line.id} line={line} other={line.to.node} text={words(line.from.port)} />
        ))}
      </Section>
      <NodeOutputs node={node} />
    </>
  );
}

function LineRow({ line, other, text }: { line: Connection; other: string; text: string }) {
  const { session } = useWorkspace();
  return (
    <button type="button" className="row-button" onClick={() => select(session, { connections: [line.id] })}>
      <NodeName id={other} />
      <span>{line.grants.length > 0 ? line.grants.join(', ') : text}</span>
    </button>
  );
}

interface InputProps {
  node: GraphNode;
  port: string;
  input: InputPort;
  lines: readonly Connection[];
}

function InputLines({ node, port, input, lines }: InputProps) {
  const needs = input.cardinality === 'one' && lines.length === 0;
  return (
    <div className="input-lines">
      <div className="input-title">
        <span>{input.title.toLowerCase()}</span>
        <span>{needs ? 'needs a line' : input.cardinality === 'many' ? 'takes many' : ''}</span>
      </div>
      {lines.map((line) => (
        <LineRow key={line.id} line={line} other={line.from.node} text={words(line.from.port)} />
      ))}
      {(input.cardinality === 'many' || lines.length === 0) && (
        <ConnectSelect node={node} port={port} title={input.title} />
      )}
    </div>
  );
}

/** Ports on the graph that this input could take, by the same rule as a drag. */
function ConnectSelect({ node, port, title }: { node: GraphNode; port: string; title: string }) {
  const workspace = useWorkspace();
  const nodes = useDocument((state) => state.nodes);
  const connections = useDocument((state) => state.connections);
  const options = useMemo(() => {
    const { catalog } = workspace.library;
    const graph = graphOf({ ...EMPTY_CONTENT, nodes, connections });
    return Object.values(nodes).flatMap((producer) => {
      const outputs = Object.keys(catalog.findModule(producer.module, producer.version)?.outputs ?? {});
      return outputs
        .filter((output) => canConnect(catalog, graph, { node: producer.id, port: output }, { node: node.id, port }).ok)
        .map((output) => ({ value: `${producer.id}/${output}`, label: `${producer.name}, ${words(output)}` }));
    });
  }, [workspace.library, nodes, connections, node.id, port]);
  if (options.length === 0) return null;
  const draw = (value: string | null) => {
    const [from = '', output = ''] = (value ?? '').split('/');
    const result = connectPorts(workspace, { node: from, port: output }, { node: node.id, port });
    if ('reason' in result) notifyProblem('The line was not drawn.', result.reason);
  };
  return (
    <Select
      size="xs"
      className="connect-select"
      aria-label={`Connect ${title} to`}
      placeholder="Connect to"
      data={options}
      value={null}
      onChange={draw}
      searchable={options.length > 8}
    />
  );
}
