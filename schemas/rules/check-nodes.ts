// Issues of nodes by themselves: ids, modules, presets, params.
import type { Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import type { GraphView, ViewedNode } from './graph-view.ts';
import { createIssue, listNames, quote } from './issues.ts';
import { mergeParams } from './resolve-params.ts';

/** Checks every node of the view on its own. */
export function checkNodes(catalog: Catalog, view: GraphView): Issue[] {
  const issues: Issue[] = [];
  for (const entry of view.nodes) {
    const first = view.byId.get(entry.node.id);
    if (first && first !== entry) issues.push(duplicateNode(entry, first));
    if (!entry.manifest) issues.push(unknownModule(catalog, entry));
    else checkParams(catalog, entry, issues);
  }
  return issues;
}

function duplicateNode({ node, path }: ViewedNode, first: ViewedNode): Issue {
  return createIssue('duplicate-id', `${path}/id`, {
    node: node.id,
    message: `Two nodes have the id ${quote(node.id)}; the first is at ${first.path}.`,
    got: node.id,
    expected: 'an id that no other node has',
    fix: 'Give one of the two another id, and its lines with it.',
  });
}

function unknownModule(catalog: Catalog, { node, path }: ViewedNode): Issue {
  const versions = catalog.modules.filter(({ id }) => id === node.module).map(({ version }) => version);
  if (versions.length > 0) {
    return createIssue('unknown-version', `${path}/version`, {
      node: node.id,
      message: `${node.name}: no published version of ${node.module} is in the range ${quote(node.version)}.`,
      got: node.version,
      expected: `a semver range that takes one of ${listNames(versions)}`,
      fix: `Use a range such as ^${versions.at(-1)}.`,
    });
  }
  return createIssue('unknown-module', `${path}/module`, {
    node: node.id,
    message: `${node.name}: there is no module ${quote(node.module)}.`,
    got: node.module,
    expected: `one of ${listNames(new Set(catalog.modules.map(({ id }) => id)), 12)}`,
    fix: 'Name a module of the catalogue (`plumbline modules` lists them), or take the node away.',
  });
}

function checkParams(catalog: Catalog, { node, path, manifest }: ViewedNode, issues: Issue[]): void {
  if (!manifest) return;
  if (node.preset !== undefined && !Object.hasOwn(manifest.presets, node.preset)) {
    issues.push(
      createIssue('unknown-preset', `${path}/preset`, {
        node: node.id,
        message: `${node.name}: ${manifest.title} has no preset ${quote(node.preset)}.`,
        got: node.preset,
        expected: `one of ${listNames(Object.keys(manifest.presets))}`,
        fix: 'Choose one of these presets, or leave the preset out.',
      }),
    );
  }
  for (const found of catalog.validateParams(manifest, mergeParams(manifest, node))) {
    const { path: within, message, got, expected, fix } = found;
    const text = { node: node.id, message: `${node.name}: ${message}`, got, expected, fix };
    issues.push(createIssue('invalid-params', `${path}/params${within}`, text));
  }
}
