import type { Graph, PortRef } from '../../schemas/generated/types.ts';
import { connectFrom } from '../../schemas/rules/can-connect.ts';
import { offeredGrants } from '../../schemas/rules/port-grants.ts';
import { envPrefixOf } from '../../schemas/rules/resolve-env-variables.ts';
import { explainGrant, explainModule, explainPort, explainPreset } from './explanation.ts';
import { contractOf, endOf, type Knowledge, manifestOf, nodeOf, portOf, type TypedRecord } from './knowledge.ts';
import { allowedValues, schemaAt } from './params-schema.ts';
import { json, type Suggestion } from './suggestion.ts';
import type { TextPosition } from './text-position.ts';

/** The values that may stand at the cursor. */
export function suggestValues(position: TextPosition, knowledge: Knowledge): Suggestion[] {
  const { path, record, beside } = position;
  const [list, , part, ...keys] = path;
  if (list === 'nodes' && part === 'params') return suggestParamValues(knowledge, record, keys);
  if (list === 'nodes' && keys.length === 0) return suggestNodeValues(knowledge, record, part);
  if (list !== 'connections') return [];
  if (part === 'grants') return suggestGrants(knowledge, record).filter(({ label }) => !beside.includes(label));
  if (part === 'envPrefix') {
    const producer = nodeOf(knowledge, endOf(record, 'from').node);
    return producer ? [value(envPrefixOf(producer.name), 'after the producer')] : [];
  }
  if (part === 'from' || part === 'to') return suggestEnd(knowledge, record, part, keys[0]);
  return [];
}

function value(label: string, detail?: string): Suggestion {
  return { label, detail, kind: 'value', template: json(label) };
}

function suggestParamValues(knowledge: Knowledge, record: TypedRecord, keys: readonly string[]): Suggestion[] {
  const manifest = manifestOf(knowledge, record);
  const schema = manifest && schemaAt(manifest.params, keys);
  if (!schema) return [];
  const allowed = allowedValues(schema);
  const values = allowed.length === 0 && schema.default !== undefined ? [schema.default] : allowed;
  return values.map((each) => ({
    label: typeof each === 'string' ? each : JSON.stringify(each),
    detail: JSON.stringify(each) === JSON.stringify(schema.default) ? 'default' : undefined,
    kind: 'value',
    template: json(each),
  }));
}

function suggestNodeValues(knowledge: Knowledge, record: TypedRecord, part: string | undefined): Suggestion[] {
  const { catalog } = knowledge;
  const manifest = manifestOf(knowledge, record);
  switch (part) {
    case 'module':
      return [...new Set(catalog.modules.map(({ id }) => id))].flatMap((id) => {
        const newest = catalog.findModule(id, '*');
        if (!newest) return [];
        return [{ label: id, detail: newest.title, kind: 'module', template: json(id), about: explainModule(newest) }];
      });
    case 'version': {
      const versions = catalog.modules.filter(({ id }) => id === record?.module).map(({ version }) => version);
      return versions.reverse().flatMap((version, index) => [
        { ...value(`^${version}`, 'and newer that fit'), rank: 10 - index },
        { ...value(version, 'this one'), rank: -index },
      ]);
    }
    case 'preset':
      return Object.entries(manifest?.presets ?? {}).map(([name, preset]) => ({
        ...value(name, preset.title),
        about: explainPreset(name, preset),
      }));
    default:
      return [];
  }
}

function suggestGrants(knowledge: Knowledge, record: TypedRecord): Suggestion[] {
  const contract = contractOf(knowledge, record);
  if (!contract) return [];
  const to = endOf(record, 'to');
  const consumer = manifestOf(knowledge, nodeOf(knowledge, to.node) as TypedRecord);
  const port = consumer?.inputs[to.port];
  const offered = consumer && port ? offeredGrants(consumer, port, contract) : Object.keys(contract.grants);
  return offered.map((name, index) => ({
    label: name,
    detail: contract.grants[name]?.title,
    kind: 'grant',
    template: json(name),
    rank: -index,
    about: explainGrant(name, contract),
  }));
}

/** The graph without the line that is being typed, which must not stand in its own way. */
function graphWithout({ graph }: Knowledge, record: TypedRecord): Graph {
  return { ...graph, connections: graph.connections.filter(({ id }) => id !== record?.id) };
}

function suggestEnd(
  knowledge: Knowledge,
  record: TypedRecord,
  end: 'from' | 'to',
  key: string | undefined,
): Suggestion[] {
  const fits = fitting(knowledge, record, end);
  const own = endOf(record, end);
  const side = end === 'from' ? 'outputs' : 'inputs';
  const portsOf = (node: string) =>
    Object.keys(manifestOf(knowledge, nodeOf(knowledge, node) as TypedRecord)?.[side] ?? {});
  if (key === 'node')
    return knowledge.graph.nodes
      .filter(({ id }) => portsOf(id).length > 0)
      .map(({ id, name, module }) => {
        const doesFit = portsOf(id).some((port) => fits({ node: id, port }));
        return {
          label: id,
          detail: name === id ? module : name,
          kind: 'node',
          template: json(id),
          rank: doesFit ? 10 : -10,
        };
      });
  return portsOf(own.node).map((port, index) => {
    const found = portOf(knowledge, { node: own.node, port }, side);
    const doesFit = fits({ node: own.node, port });
    return {
      label: port,
      detail: doesFit ? found?.title : 'does not fit',
      kind: 'port',
      template: json(port),
      rank: (doesFit ? 10 : -10) - index / 10,
      about: found && explainPort(found, knowledge.catalog.findContract(found.contract)),
    };
  });
}

/** Whether a line between this port and the other end may be drawn; anything fits while there is no other end. */
function fitting(knowledge: Knowledge, record: TypedRecord, end: 'from' | 'to'): (port: PortRef) => boolean {
  const graph = graphWithout(knowledge, record);
  const other = endOf(record, end === 'from' ? 'to' : 'from');
  if (other.node === '' || other.port === '') return () => true;
  if (end === 'from') return (port) => connectFrom(knowledge.catalog, graph, port)(other).ok;
  const judge = connectFrom(knowledge.catalog, graph, other);
  return (port) => judge(port).ok;
}
