// Takes the values of secret params out of a graph and puts references in their place.
import type { Graph, GraphNode, Issue } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { valueAt } from '../../schemas/rules/json-pointer.ts';
import { REDACTED } from '../../schemas/rules/redact.ts';
import { isSealed, replaceSecretParams, secretParamPaths } from '../../schemas/rules/secret-params.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';

interface SealContext {
  secrets: Pick<Store['secrets'], 'put' | 'get' | 'has'>;
  catalog: Catalog;
  environmentId: string;
  /** Reads the newest revision before this save. */
  readBefore(): Promise<Graph | undefined>;
}

/**
 * Seals every value of a secret param. A value that equals the one sealed at the same place before keeps its reference, so that saving
 * a file twice is not a change.
 * @returns the graph as it may be stored, and the values that must not be shown any more.
 * @throws `unknown-secret` when the graph refers to a value that the environment does not hold.
 */
export async function sealSecretParams(
  context: SealContext,
  graph: Graph,
): Promise<{ graph: Graph; hidden: string[] }> {
  const hidden: string[] = [];
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) nodes.push(await sealNode(context, node, hidden));
  return { graph: hidden.length > 0 ? { ...graph, nodes } : graph, hidden };
}

async function sealNode(context: SealContext, node: GraphNode, hidden: string[]): Promise<GraphNode> {
  const manifest = context.catalog.findModule(node.module, node.version);
  const { params } = node;
  if (!manifest || !params || !hasSecretParams(manifest.params)) return node;
  const earlier = (await context.readBefore())?.nodes.find(({ id }) => id === node.id)?.params;
  const sealed = new Map<string, { $secret: string }>();
  for (const path of secretParamPaths(manifest, params)) {
    const value = valueAt(params, path);
    if (isSealed(value)) await requireSealed(context, value.$secret, node.id, path);
    if (typeof value !== 'string') continue;
    hidden.push(value);
    sealed.set(path, { $secret: await sealValue(context, value, valueAt(earlier, path)) });
  }
  if (sealed.size === 0) return node;
  return { ...node, params: replaceSecretParams(manifest, params, (value, path) => sealed.get(path) ?? value) };
}

async function requireSealed(
  { secrets, environmentId }: SealContext,
  id: string,
  node: string,
  path: string,
): Promise<void> {
  if (await secrets.has(environmentId, id)) return;
  fail('unknown-secret', {
    path,
    got: id.slice(0, 80),
    expected: `a value that was sealed for node ${node} of this environment`,
  });
}

async function sealValue({ secrets, environmentId }: SealContext, value: string, earlier: unknown): Promise<string> {
  if (isSealed(earlier) && (await secrets.get(environmentId, earlier.$secret)) === value) return earlier.$secret;
  return secrets.put(environmentId, value);
}

const withSecrets = new WeakMap<object, boolean>();

function hasSecretParams(schema: object): boolean {
  const known = withSecrets.get(schema) ?? JSON.stringify(schema).includes('"secret":true');
  withSecrets.set(schema, known);
  return known;
}

/** Issues without the text of values that were sealed. */
export function hideValues(issues: Issue[], hidden: readonly string[]): Issue[] {
  const texts = hidden.filter((value) => value !== '').flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  if (texts.length === 0) return issues;
  const hide = (text: string) => texts.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), text);
  return issues.map((issue) => ({
    ...issue,
    message: hide(issue.message),
    got: hide(issue.got),
    expected: hide(issue.expected),
    fix: hide(issue.fix),
  }));
}
