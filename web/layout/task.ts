import type { DocumentContent } from '../../schemas/rules/content.ts';
import { BOX_WIDTH, rowCentre, shapeOf } from '../canvas/geometry.ts';
import { PADDING, TITLE_BAR } from '../canvas/groups/frames.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { LayoutBox, LayoutTask } from './arrange.ts';

const portsAt = (names: readonly string[]) => names.map((id, index) => ({ id, y: rowCentre(index) }));

function boxOf(
  { library, session }: Workspace,
  { nodes }: DocumentContent,
  inputsOf: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const { expanded } = session.getState();
  return (id: string): LayoutBox => {
    const node = nodes[id];
    const manifest = node && library.catalog.findModule(node.module, node.version);
    const shape = shapeOf(manifest, inputsOf.get(id) ?? new Set(), expanded[id] === true);
    const { height, inputs, outputs } = shape;
    return { id, width: BOX_WIDTH, height, inputs: portsAt(inputs), outputs: portsAt(outputs) };
  };
}

function connectedInputs({ connections }: DocumentContent): Map<string, Set<string>> {
  const inputs = new Map<string, Set<string>>();
  for (const { to } of Object.values(connections)) inputs.set(to.node, (inputs.get(to.node) ?? new Set()).add(to.port));
  return inputs;
}

/** What is to be laid out: boxes as they are drawn, and groups of which every box takes part, as frames. */
export function layoutTask(workspace: Workspace, ids: readonly string[]): LayoutTask {
  const content = workspace.document.content();
  const { openGroup } = workspace.session.getState();
  const toBox = boxOf(workspace, content, connectedInputs(content));
  const wanted = new Set(ids);
  const groups = new Map<string, string[]>();
  for (const [node, group] of Object.entries(content.members)) {
    if (group === openGroup || !(group in content.groups) || !(node in content.nodes)) continue;
    groups.set(group, [...(groups.get(group) ?? []), node]);
  }
  const whole = [...groups].filter(([, nodes]) => nodes.every((node) => wanted.has(node)));
  const grouped = new Set(whole.flatMap(([, nodes]) => nodes));
  return {
    boxes: ids.filter((id) => !grouped.has(id)).map(toBox),
    groups: whole.map(([id, nodes]) => ({ id, boxes: nodes.map(toBox) })),
    lines: Object.values(content.connections).filter(({ from, to }) => wanted.has(from.node) && wanted.has(to.node)),
    frame: { padding: PADDING, titleBar: TITLE_BAR },
  };
}
