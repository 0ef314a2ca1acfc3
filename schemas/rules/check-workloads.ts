// Issues of what a workload receives over its lines: variables that collide, policies that grow too large.
import type { ContractDocument, Issue } from '../generated/types.ts';
import type { SoundLine } from './check-connections.ts';
import type { ViewedNode } from './graph-view.ts';
import { createIssue, listNames, quote } from './issues.ts';
import { INLINE_POLICY_LIMIT, inlinePolicySize } from './policy-size.ts';
import { renderGrants } from './render-grant.ts';
import { resolveEnvVariables } from './resolve-env-variables.ts';

/** Variables that the runtimes set themselves (AWS Lambda and ECS documentation); Lambda refuses them. */
export const RESERVED_VARIABLE =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.*)|LAMBDA_(TASK_ROOT|RUNTIME_DIR)|TZ)$/;

/** Checks every workload's lines together. */
export function checkWorkloads(lines: readonly SoundLine[]): Issue[] {
  const byWorkload = new Map<ViewedNode, SoundLine[]>();
  for (const line of lines) {
    if (!line.consumer.manifest?.workload) continue;
    const list = byWorkload.get(line.consumer);
    if (list) list.push(line);
    else byWorkload.set(line.consumer, [line]);
  }
  const issues: Issue[] = [];
  for (const [workload, own] of byWorkload) {
    checkVariables(workload, own, issues);
    checkPolicySize(workload, own, issues);
  }
  return issues;
}

function checkVariables({ node }: ViewedNode, lines: readonly SoundLine[], issues: Issue[]): void {
  const givenBy = new Map<string, SoundLine>();
  for (const line of lines) {
    const clashes = new Map<SoundLine, string[]>();
    for (const { name } of resolveEnvVariables(line.contract, line.connection)) {
      if (RESERVED_VARIABLE.test(name)) issues.push(reservedVariable(line, name));
      const other = givenBy.get(name);
      if (!other) givenBy.set(name, line);
      else if (other !== line) clashes.set(other, [...(clashes.get(other) ?? []), name]);
    }
    for (const [other, names] of clashes) {
      issues.push(
        createIssue('duplicate-variable', `${line.path}/envPrefix`, {
          node: node.id,
          connection: line.connection.id,
          message: `${node.name} would get ${listNames(names)} twice: over ${other.connection.id} and over ${line.connection.id}.`,
          got: line.connection.envPrefix ?? `no prefix, so the producer's id: ${line.connection.from.node}`,
          expected: 'a prefix that no other line to this workload has',
          fix: 'Give one of the two lines another envPrefix.',
        }),
      );
    }
  }
}

function reservedVariable({ path, connection, consumer }: SoundLine, name: string): Issue {
  return createIssue('bad-variable', `${path}/envPrefix`, {
    node: consumer.node.id,
    connection: connection.id,
    message: `The line ${connection.id} would set ${name}, which the runtime keeps for itself.`,
    got: name,
    expected: 'a variable that the runtime does not set',
    fix: `Give the line another envPrefix than ${quote(connection.envPrefix ?? connection.from.node)}.`,
  });
}

function checkPolicySize({ node, path }: ViewedNode, lines: readonly SoundLine[], issues: Issue[]): void {
  const sizes = { workload: 0, injector: 0 };
  for (const line of lines) {
    const size = estimateSize(line);
    sizes.workload += size.workload;
    sizes.injector += size.injector;
  }
  const total = Math.max(sizes.workload, sizes.injector);
  if (total <= INLINE_POLICY_LIMIT) return;
  issues.push(
    createIssue('policy-too-large', path, {
      node: node.id,
      message: `The grants of ${lines.length} lines make about ${total} characters of policy for the role of ${node.name}.`,
      got: `about ${total} characters`,
      expected: `at most ${INLINE_POLICY_LIMIT} (IAM quota for the inline policies of one role)`,
      fix: 'Take grants off lines that do not need them, or split the workload.',
    }),
  );
}

interface PolicySizes {
  workload: number;
  injector: number;
}

const estimates = new WeakMap<ContractDocument, Map<string, PolicySizes>>();

/** Characters that a line adds, with the contract's first example in place of real values; synth counts exactly. */
function estimateSize({ contract, connection, input }: SoundLine): PolicySizes {
  const byGrants = estimates.get(contract) ?? new Map<string, PolicySizes>();
  estimates.set(contract, byGrants);
  const key = connection.grants.join(' ');
  const known = byGrants.get(key);
  if (known) return known;
  const resolve = (field: string) => exampleText(contract, field);
  const statements = renderGrants({ contract, connection, port: input, workload: true, resolve });
  const sizeFor = (identity: string) => {
    const own = statements.filter((statement) => statement.identity === identity);
    if (own.length === 0) return 0;
    const Statement = own.map(({ grant, actions, resources, conditions }) => ({
      Sid: grant,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      Condition: conditions,
    }));
    return inlinePolicySize([{ Version: '2012-10-17', Statement }]);
  };
  const sizes = { workload: sizeFor('workload'), injector: sizeFor('injector') };
  // Grants come from people's files: what is remembered of one contract stays small.
  if (byGrants.size < 1000) byGrants.set(key, sizes);
  return sizes;
}

function exampleText(contract: ContractDocument, field: string): string {
  let value: unknown = contract.examples[0];
  for (const part of field.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
  return typeof value === 'object' || value === undefined ? field : String(value);
}
