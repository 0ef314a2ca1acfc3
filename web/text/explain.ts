import { effectiveParams } from './complete-keys.ts';
import {
  type Explanation,
  explainGrant,
  explainKey,
  explainModule,
  explainParam,
  explainPort,
  explainPreset,
} from './explanation.ts';
import { keysAt } from './graph-schema.ts';
import {
  contractOf,
  endOf,
  type Knowledge,
  manifestOf,
  nodeOf,
  portOf,
  type TypedRecord,
  textOf,
} from './knowledge.ts';
import { schemaAt } from './params-schema.ts';
import type { TextPosition } from './text-position.ts';

/** What stands at a place of the text, in words. @param word the whole key or value there. */
export function explain(position: TextPosition, word: string, knowledge: Knowledge): Explanation | undefined {
  const { path, role, record } = position;
  const full = role === 'key' ? [...path, word] : path;
  const [list, , part, ...keys] = full;
  if (list === 'nodes' && part === 'params' && keys.length > 0) return explainParamAt(knowledge, record, keys);
  if (role === 'key') return explainKey(word, keysAt(path)?.keys[word]);
  if (list === 'nodes') return explainNodeValue(knowledge, record, part, word);
  return list === 'connections' ? explainLineValue(knowledge, record, part, keys[0], word) : undefined;
}

function explainParamAt(knowledge: Knowledge, record: TypedRecord, keys: readonly string[]): Explanation | undefined {
  const manifest = manifestOf(knowledge, record);
  const schema = manifest && schemaAt(manifest.params, keys);
  const name = keys.at(-1) ?? '';
  if (!schema) return undefined;
  const effective = effectiveParams(knowledge, record, keys.slice(0, -1))?.[name];
  return explainParam(name, schema, effective, knowledge.isApplied(textOf(record?.id)));
}

function explainNodeValue(
  knowledge: Knowledge,
  record: TypedRecord,
  part: string | undefined,
  word: string,
): Explanation | undefined {
  const manifest = manifestOf(knowledge, record);
  const preset = manifest?.presets[word];
  if (part === 'preset' && preset) return explainPreset(word, preset);
  return (part === 'module' || part === 'version') && manifest ? explainModule(manifest) : undefined;
}

function explainLineValue(
  knowledge: Knowledge,
  record: TypedRecord,
  part: string | undefined,
  key: string | undefined,
  word: string,
): Explanation | undefined {
  if (part === 'grants') {
    const contract = contractOf(knowledge, record);
    return contract && explainGrant(word, contract);
  }
  if (part !== 'from' && part !== 'to') return undefined;
  if (key === 'port') {
    const port = portOf(knowledge, endOf(record, part), part === 'from' ? 'outputs' : 'inputs');
    return port && explainPort(port, knowledge.catalog.findContract(port.contract));
  }
  const node = nodeOf(knowledge, word);
  const manifest = manifestOf(knowledge, node as TypedRecord);
  return (
    node && {
      title: node.name,
      kind: `box ${node.id}`,
      lines: [manifest ? `${manifest.title}: ${manifest.summary}` : node.module],
    }
  );
}
