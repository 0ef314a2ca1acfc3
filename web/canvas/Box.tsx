import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { badgeOf, boxStatus, destroyId, stepsBack } from '../stores/run-view.ts';
import { lensOf } from '../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { ModuleTile } from '../ui/ModuleIcon.tsx';
import { BoxFooter } from './BoxFooter.tsx';
import type { BoxNode } from './flow-elements.ts';
import { HEADER, ROW, rowCentre, versionText } from './geometry.ts';
import { PortRow } from './PortRow.tsx';
import { useConnectedPorts } from './use-connected-ports.ts';

export const Box = memo(function Box({ id, data, selected }: NodeProps<BoxNode>) {
  const { library, session } = useWorkspace();
  const node = useDocument((state) => state.nodes[id]);
  const run = useRun((state) => state.run);
  const step = useRun((state) => state.steps[id] ?? state.steps[destroyId(id)]);
  const runtime = useRun((state) => state.runtime[id]);
  const hasIssue = useRun((state) => state.issues.some((issue) => issue.node === id && issue.blocks !== 'nothing'));
  const connected = useConnectedPorts(id);
  const lens = useSession((state) => lensOf(state.found ?? state.lens, 'nodes', id));
  if (!node) return null;

  const manifest = library.catalog.findModule(node.module, node.version);
  const detail = library.module(node.module);
  const { shape } = data;
  const badge = badgeOf(run, step);
  const status = boxStatus(run, step, runtime);
  const familyOf = (contract: string | undefined) =>
    (contract && library.catalog.findContract(contract)?.family) ?? 'identity';
  const toggle = () => session.setState((state) => ({ expanded: { ...state.expanded, [id]: !state.expanded[id] } }));

  return (
    <div
      className="box"
      data-selected={selected}
      data-action={badge?.action}
      data-back={stepsBack(run, step) || undefined}
      data-state={status.state}
      data-lens={lens}
      data-issue={hasIssue || undefined}
      style={{ height: shape.height, '--family': `var(--${data.family})` } as CSSProperties}
    >
      {badge && (
        <span className="box-badge" title={badge.all}>
          {badge.text}
        </span>
      )}
      <header className="box-head" style={{ height: HEADER }}>
        <ModuleTile svg={detail?.icon} family={data.family} />
        <span className="box-title">
          <strong>{node.name}</strong>
          <span>{versionText(node, manifest)}</span>
        </span>
      </header>
      {shape.inputs.map((port, index) => (
        <PortRow
          key={port}
          node={id}
          port={port}
          side="target"
          index={index}
          title={(manifest?.inputs[port]?.title ?? port).toLowerCase()}
          family={familyOf(manifest?.inputs[port]?.contract)}
          isRequired={manifest?.inputs[port]?.cardinality === 'one'}
          isConnected={connected.has(`target/${port}`)}
        />
      ))}
      {shape.outputs.map((port, index) => (
        <PortRow
          key={port}
          node={id}
          port={port}
          side="source"
          index={index}
          title={(manifest?.outputs[port]?.title ?? port).toLowerCase()}
          family={familyOf(manifest?.outputs[port]?.contract)}
          isRequired={false}
          isConnected={connected.has(`source/${port}`)}
        />
      ))}
      {shape.folded > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className="box-fold nodrag"
          style={{ top: rowCentre(shape.inputs.length) - ROW / 2 }}
          onClick={toggle}
          aria-expanded={shape.isExpanded}
        >
          {shape.isExpanded ? 'show fewer' : `${shape.folded} more`}
        </button>
      )}
      <BoxFooter
        status={status}
        preset={node.preset ? (manifest?.presets[node.preset]?.title ?? node.preset) : undefined}
        differs={manifest ? resolveParams(manifest, node).differsFromPreset.length : 0}
      />
    </div>
  );
});
