// Issues of physical names: refused by AWS, or the same for two nodes.
import type { Issue } from '../generated/types.ts';
import type { GraphView, ViewedNode } from './graph-view.ts';
import { createIssue, quote } from './issues.ts';

/** Where a graph would be made; physical names begin with both. */
export interface NameScope {
  project: string;
  name: string;
}

/** Names that AWS refuses although they are well-formed ids. */
const REFUSED: readonly { pattern: RegExp; of: 'id' | 'scope'; why: string }[] = [
  { pattern: /--/, of: 'id', why: 'RDS and load balancers take no two hyphens in a row' },
  { pattern: /-s3alias$/, of: 'id', why: 'S3 keeps the ending -s3alias for itself' },
  { pattern: /--/, of: 'scope', why: 'RDS and load balancers take no two hyphens in a row' },
  { pattern: /^internal-/, of: 'scope', why: 'load balancers keep the beginning internal- for themselves' },
  { pattern: /^(sthree|amzn-s3-demo)-/, of: 'scope', why: 'S3 keeps this beginning for itself' },
];

/** Checks what the cloud would be asked to call things. */
export function checkNames(view: GraphView, scope?: NameScope): Issue[] {
  const issues = scope ? checkScope(scope) : [];
  for (const { node, path } of view.nodes) {
    for (const { pattern, of, why } of REFUSED) {
      if (of === 'id' && pattern.test(node.id)) issues.push(refusedId(node.id, node.name, path, why));
    }
  }
  return [...issues, ...checkClashes(view)];
}

function refusedId(id: string, name: string, path: string, why: string): Issue {
  return createIssue('name-refused', `${path}/id`, {
    node: id,
    message: `${name}: AWS would refuse names made of the id ${quote(id)}: ${why}.`,
    got: id,
    expected: 'an id that every resource type takes',
    fix: 'Give the node another id.',
  });
}

function checkScope({ project, name }: NameScope): Issue[] {
  const prefix = `${project}-${name}-`;
  const reasons = REFUSED.filter(({ pattern, of }) => of === 'scope' && pattern.test(prefix)).map(({ why }) => why);
  return reasons.map((why) =>
    createIssue('name-refused', '', {
      message: `AWS would refuse names that begin with ${quote(prefix)}: ${why}.`,
      got: prefix,
      expected: 'a project and environment name that every resource type takes',
      fix: 'Use a project or an environment with another name.',
    }),
  );
}

/** A second resource of one node (`orders` + `dead-letters`) may have the name of another node (`orders-dead-letters`). */
function checkClashes(view: GraphView): Issue[] {
  const issues: Issue[] = [];
  for (const entry of view.nodes) {
    for (const suffix of entry.manifest?.nameSuffixes ?? []) {
      const other = view.byId.get(`${entry.node.id}-${suffix}`);
      if (!other || !sharesNames(entry, other)) continue;
      issues.push(
        createIssue('name-refused', `${other.path}/id`, {
          node: other.node.id,
          message: `${other.node.name} would have the name of a second resource of ${entry.node.name} (${entry.node.id}-${suffix}).`,
          got: other.node.id,
          expected: `an id that does not end in what ${entry.node.id} adds to its own: ${suffix}`,
          fix: 'Give one of the two nodes another id.',
        }),
      );
    }
  }
  return issues;
}

/** Resources of one module share a name space, and so do the roles of all workloads. */
function sharesNames(left: ViewedNode, right: ViewedNode): boolean {
  return (
    left.node.module === right.node.module || (left.manifest?.workload === true && right.manifest?.workload === true)
  );
}
