import { connectFrom } from '../../schemas/rules/can-connect.ts';
import { freeId } from '../stores/edits.ts';
import { explainModule } from './explanation.ts';
import { type Knowledge, manifestOf, type TypedRecord } from './knowledge.ts';
import { newLine } from './new-line.ts';
import { json, literal, type Suggestion } from './suggestion.ts';
import type { TextPosition } from './text-position.ts';

/** More boxes than this, and the lines that could be drawn between them are too many to read. */
const LISTED_BOXES = 40;

/** New boxes and lines, where a list may hold another one. */
export function suggestRecords({ path, inList, token }: TextPosition, knowledge: Knowledge): Suggestion[] {
  if (!inList || path.length !== 2 || token.isQuoted) return [];
  if (path[0] === 'nodes') return newBoxes(knowledge);
  return path[0] === 'connections' ? newLines(knowledge) : [];
}

function newBoxes({ catalog, graph }: Knowledge): Suggestion[] {
  const taken = Object.fromEntries(graph.nodes.map(({ id }) => [id, true]));
  const boxes = [...new Set(catalog.modules.map(({ id }) => id))].flatMap((moduleId): Suggestion[] => {
    const manifest = catalog.findModule(moduleId, '*');
    if (!manifest) return [];
    const id = freeId(taken, manifest.title);
    const [preset] = Object.keys(manifest.presets);
    const lines = [
      `"id": "\${${id}}"`,
      `"module": ${json(moduleId)}`,
      `"name": "\${${id}}"`,
      ...(preset ? [`"preset": "\${${preset}}"`] : []),
      `"version": ${json(`^${manifest.version}`)}`,
    ];
    const about = explainModule(manifest);
    return [
      { label: `new ${manifest.title}`, detail: moduleId, kind: 'snippet', template: objectOf(lines), rank: 5, about },
    ];
  });
  const bare = ['id', 'module', 'name', 'version'].map((key) => `"${key}": "\${}"`);
  return [...boxes, { label: 'new box', detail: 'any module', kind: 'snippet', template: objectOf(bare), rank: 4 }];
}

function newLines(knowledge: Knowledge): Suggestion[] {
  const template = objectOf([
    '"from": {\n\t\t"node": "${}",\n\t\t"port": "${}"\n\t}',
    '"grants": [${}]',
    '"id": "${}"',
    '"to": {\n\t\t"node": "${}",\n\t\t"port": "${}"\n\t}',
  ]);
  const bare: Suggestion = { label: 'new line', detail: 'any two ports', kind: 'snippet', template, rank: 5 };
  return [bare, ...(knowledge.graph.nodes.length <= LISTED_BOXES ? drawableLines(knowledge) : [])];
}

/** Every line that the rules allow now, with the grants that a drawn one would get. */
function drawableLines(knowledge: Knowledge): Suggestion[] {
  const { catalog, graph } = knowledge;
  const portsOf = (side: 'inputs' | 'outputs') =>
    graph.nodes.flatMap((node) =>
      Object.keys(manifestOf(knowledge, node as unknown as TypedRecord)?.[side] ?? {}).map((port) => ({
        node: node.id,
        port,
      })),
    );
  const inputs = portsOf('inputs');
  return portsOf('outputs').flatMap((from) => {
    const judge = connectFrom(catalog, graph, from);
    return inputs.flatMap((to): Suggestion[] => {
      const verdict = judge(to);
      if (!verdict.ok) return [];
      const line = newLine(graph.connections, from, to, verdict);
      const template = literal(JSON.stringify(line, undefined, '\t'));
      return [
        {
          label: `${from.node}.${from.port} → ${to.node}.${to.port}`,
          detail: line.grants.join(', '),
          kind: 'snippet',
          template,
          rank: 1,
        },
      ];
    });
  });
}

function objectOf(lines: readonly string[]): string {
  return `{\n\t${lines.join(',\n\t')}\n}`;
}
