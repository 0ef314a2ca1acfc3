import { fanOffset } from '../canvas/connect/fan-in.ts';
import type { CanvasEdge, CanvasNode } from '../canvas/flow-elements.ts';
import { type BoxShape, rowCentre, versionText } from '../canvas/geometry.ts';
import { readFlowId } from '../canvas/groups/flow-id.ts';
import type { FoldedView } from '../canvas/groups/folding.ts';
import { summarise } from '../canvas/groups/summary.ts';
import { routeLine } from '../canvas/route/route-line.ts';
import type { Rect } from '../canvas/select/rect.ts';
import { type BoxState, boxStatus, isLineLive } from '../stores/run-view.ts';
import type { Workspace } from '../stores/workspace.ts';
import { plural } from '../ui/format.ts';
import { parseIcon } from '../ui/parse-icon.ts';
import type { Picture, PictureBox, PictureLine, PicturePort } from './picture.ts';

const areaOf = ({ position, width = 0, height = 0 }: CanvasNode): Rect => ({ ...position, width, height });
const STATE_HUE: Record<BoxState, string> = {
  live: 'ok',
  failed: 'bad',
  busy: 'busy',
  none: 'text-2',
  blocked: 'text-2',
};

/** What the canvas shows as a picture, whether it is in view or not. */
export function pictureOf(workspace: Workspace, nodes: readonly CanvasNode[], edges: readonly CanvasEdge[]): Picture {
  const { groups, notes } = workspace.document.content();
  return {
    frames: nodes.flatMap((node) => {
      const group = node.type === 'frame' ? groups[readFlowId(node.id).id] : undefined;
      if (node.type !== 'frame' || !group) return [];
      const count = plural(node.data.boxes.length, 'box', 'boxes');
      return { area: areaOf(node), title: group.title, count, hue: `tint-${group.color}` };
    }),
    notes: nodes.flatMap((node) => {
      const note = node.type === 'note' ? notes[readFlowId(node.id).id] : undefined;
      return note ? { area: areaOf(node), text: note.text, hue: `tint-${note.color}` } : [];
    }),
    lines: linesOf(workspace, nodes, edges),
    boxes: nodes.flatMap((node) => boxOf(workspace, node, edges) ?? []),
  };
}

function boxOf(workspace: Workspace, node: CanvasNode, edges: readonly CanvasEdge[]): PictureBox | undefined {
  if (node.type === 'box') return moduleBox(workspace, node.id, node.data.shape, areaOf(node), connectedPorts(edges));
  if (node.type === 'folded') return foldedBox(workspace, node.data.view, areaOf(node));
  if (node.type !== 'stub') return undefined;
  const { stub, family } = node.data;
  const outside = workspace.document.content().nodes[stub.node];
  const icon = outside && workspace.library.module(outside.module)?.icon;
  return {
    kind: 'stub',
    area: areaOf(node),
    title: outside?.name ?? stub.node,
    subtitle: 'outside',
    hue: family,
    icon: icon ? parseIcon(icon) : undefined,
    ports: [],
  };
}

let known: { edges: readonly CanvasEdge[]; ports: ReadonlySet<string> } | undefined;

/** Ports with a line, as `side/node/port`. */
function connectedPorts(edges: readonly CanvasEdge[]): ReadonlySet<string> {
  if (known?.edges !== edges) {
    const ports = edges.flatMap((edge) => [
      `source/${edge.source}/${edge.sourceHandle}`,
      `target/${edge.target}/${edge.targetHandle}`,
    ]);
    known = { edges, ports: new Set(ports) };
  }
  return known.ports;
}

function moduleBox(
  { library, document, run }: Workspace,
  id: string,
  shape: BoxShape,
  area: Rect,
  connected: ReadonlySet<string>,
): PictureBox | undefined {
  const node = document.content().nodes[id];
  if (!node) return undefined;
  const manifest = library.catalog.findModule(node.module, node.version);
  const icon = library.module(node.module)?.icon;
  const ports = (side: PicturePort['side'], names: readonly string[]) =>
    names.map((port, index): PicturePort => {
      const found = side === 'source' ? manifest?.outputs[port] : manifest?.inputs[port];
      const contract = found && library.catalog.findContract(found.contract);
      return {
        side,
        y: rowCentre(index),
        text: (found?.title ?? port).toLowerCase(),
        hue: contract?.family ?? 'identity',
        isConnected: connected.has(`${side}/${id}/${port}`),
      };
    });
  const state = run.store.getState();
  const status = boxStatus(state.run, state.steps[id] ?? state.steps[`~${id}`], state.runtime[id]);
  const preset = node.preset && (manifest?.presets[node.preset]?.title ?? node.preset).toLowerCase();
  return {
    kind: 'box',
    area,
    title: node.name,
    subtitle: versionText(node, manifest),
    hue: manifest?.family ?? 'identity',
    icon: icon ? parseIcon(icon) : undefined,
    ports: [...ports('target', shape.inputs), ...ports('source', shape.outputs)],
    footer: { text: status.word, hue: STATE_HUE[status.state], ...(preset ? { more: preset } : {}) },
  };
}

function foldedBox({ library, document, run }: Workspace, view: FoldedView, area: Rect): PictureBox | undefined {
  const group = document.content().groups[view.id];
  if (!group) return undefined;
  const summary = summarise(run.store.getState(), view.boxes);
  const ports = (side: PicturePort['side'], list: FoldedView['inputs']) =>
    list.map(({ id, count }, index): PicturePort => {
      const name = id.replace(/^aws-/, '').replaceAll('-', ' ');
      return {
        side,
        y: rowCentre(index),
        text: count > 1 ? `${name} ${count}` : name,
        hue: library.catalog.findContract(`${id}@*`)?.family ?? 'identity',
        isConnected: true,
      };
    });
  return {
    kind: 'folded',
    area,
    title: group.title,
    subtitle: plural(view.boxes.length, 'box', 'boxes'),
    hue: `tint-${group.color}`,
    ports: [...ports('target', view.inputs), ...ports('source', view.outputs)],
    footer: { text: summary.word, hue: STATE_HUE[summary.state], more: summary.plan },
  };
}

function linesOf(
  { document, run }: Workspace,
  nodes: readonly CanvasNode[],
  edges: readonly CanvasEdge[],
): PictureLine[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const boxes = nodes
    .filter(({ type }) => type === 'box' || type === 'folded')
    .map((node) => ({ id: node.id, ...areaOf(node) }));
  const content = document.content();
  const { runtime } = run.store.getState();
  return edges.flatMap((edge): PictureLine[] => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    if (!from || !to || !edge.data) return [];
    const offset = edge.type === 'line' ? fanOffset(content, edge.id) : 0;
    const ends = {
      x1: from.position.x + (from.width ?? 0),
      y1: portY(from, 'source', edge.sourceHandle),
      x2: to.position.x,
      y2: portY(to, 'target', edge.targetHandle) + offset,
    };
    const others = boxes.filter(({ id }) => id !== edge.source && id !== edge.target);
    const lines = (edge.type === 'bundle' ? edge.data.lines : [edge.id]).flatMap((id) => content.connections[id] ?? []);
    return [
      {
        ...routeLine(ends, others),
        hue: edge.data.family,
        isThick: edge.type === 'bundle',
        isLive: lines.every((line) => isLineLive(line, runtime[line.to.node])),
        chip: edge.type === 'bundle' ? `${edge.data.lines.length}×` : chipOf(edge.data),
      },
    ];
  });
}

function chipOf(data: CanvasEdge['data']): string | undefined {
  const [first, ...others] = data && 'grants' in data ? data.grants : [];
  return first && (others.length > 0 ? `${first} +${others.length}` : first);
}

function portY(node: CanvasNode, side: 'source' | 'target', port: string | null | undefined): number {
  const handle = node.handles?.find((each) => each.type === side && each.id === port);
  return node.position.y + (handle ? handle.y + (handle.height ?? 0) / 2 : (node.height ?? 0) / 2);
}

/** Only what is selected, with the lines between it and the frames around it. */
export function selectedElements(
  { session, document }: Workspace,
  nodes: readonly CanvasNode[],
  edges: readonly CanvasEdge[],
): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const { selection } = session.getState();
  const { members } = document.content();
  const groups = new Set(selection.groups);
  const kept = nodes.filter((node) => {
    const { kind, id } = readFlowId(node.id);
    if (kind === 'note') return selection.notes.includes(id);
    if (kind === 'group') return groups.has(id);
    return kind === 'box' && (selection.nodes.includes(id) || groups.has(members[id] ?? ''));
  });
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}
