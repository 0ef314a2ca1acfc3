// Takes the values of secret params out of a graph and puts references in their place.
import type { GraphNode, Issue, ModuleManifest } from '../../schemas/generated/types.ts';
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
  /** The nodes as they are stored, by id. */
  before: Readonly<Record<string, GraphNode>>;
}

/**
 * Seals every value of a secret param. A value that equals the one sealed at the same place before keeps its reference, so that saving
 * a file twice is not a change.
 * @returns the nodes as they may be stored, and the values that must not be shown any more.
 * @throws `unknown-secret` when a node refers to a value that the environment does not hold.
 */
export async function sealSecretParams(
  context: SealContext,
  nodes: readonly GraphNode[],
): Promise<{ nodes: GraphNode[]; hidden: string[] }> {
  const hidden: string[] = [];
  const sealed: GraphNode[] = [];
  for (const node of nodes) {
    const secretive = node.params ? manifestsOf(context.catalog, node).filter(hasSecretParams) : [];
    // Most have none: a thousand turns of waiting for nothing are a millisecond of every save.
    sealed.push(secretive.length > 0 ? await sealNode(context, node, secretive, hidden) : node);
  }
  return { nodes: sealed, hidden };
}

async function sealNode(
  context: SealContext,
  node: GraphNode,
  manifests: readonly ModuleManifest[],
  hidden: string[],
): Promise<GraphNode> {
  const earlier = Object.hasOwn(context.before, node.id) ? context.before[node.id]?.params : undefined;
  let { params } = node;
  for (const manifest of manifests) {
    if (!params) continue;
    const sealed = new Map<string, { $secret: string }>();
    for (const path of secretParamPaths(manifest, params)) {
      const value = valueAt(params, path);
      if (isSealed(value)) await requireSealed(context, value.$secret, node.id, path);
      if (typeof value !== 'string') continue;
      hidden.push(value);
      sealed.set(path, { $secret: await sealValue(context, value, valueAt(earlier, path)) });
    }
    if (sealed.size > 0) params = replaceSecretParams(manifest, params, (value, path) => sealed.get(path) ?? value);
  }
  return params === node.params ? node : { ...node, params };
}

/** Of a version that nobody published, what any version of the module keeps secret is secret. */
function manifestsOf(catalog: Catalog, { module, version }: GraphNode): readonly ModuleManifest[] {
  const found = catalog.findModule(module, version);
  return found ? [found] : catalog.modules.filter(({ id }) => id === module);
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

function hasSecretParams({ params }: ModuleManifest): boolean {
  const known = withSecrets.get(params) ?? JSON.stringify(params).includes('"secret":true');
  withSecrets.set(params, known);
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
