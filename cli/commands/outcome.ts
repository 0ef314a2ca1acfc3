import type { Command } from 'commander';
import type { Artifact, EffectivePolicy } from '../../schemas/generated/types.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { printTable, tableLines } from '../output/table.ts';
import { moment } from '../output/time.ts';
import { paint, plain } from '../terminal.ts';

function printArtifacts(context: Context, artifacts: Artifact[]): void {
  const { terminal } = context;
  if (artifacts.length === 0) terminal.out('No artifacts have been published.');
  for (const artifact of artifacts) {
    terminal.out(
      `${paint(terminal, 'bold', `${artifact.node}.${artifact.port}`)}  ${artifact.contract}  ${moment(artifact.publishedAt)}`,
    );
    const rows = Object.entries(artifact.value).map(([field, value]) => [
      field,
      plain(typeof value === 'string' ? value : JSON.stringify(value)),
    ]);
    for (const line of tableLines(rows)) terminal.out(`  ${line}`);
  }
}

function printPolicy(context: Context, policy: EffectivePolicy): void {
  const { terminal } = context;
  if (policy.statements.length === 0) terminal.out(`${policy.node} has been granted nothing.`);
  else {
    printTable(terminal, policy.statements, {
      CONNECTION: ({ connection }) => connection || "(the module's own)",
      GRANT: ({ grant }) => grant,
      IDENTITY: ({ identity, principal }) => principal ?? identity,
      ACTIONS: ({ actions }) => actions.join(', '),
      RESOURCES: ({ resources }) => resources.join(', '),
      CONDITIONS: ({ conditions }) => (conditions ? JSON.stringify(conditions) : ''),
    });
  }
  for (const applied of policy.applied) {
    terminal.out('');
    terminal.out(paint(terminal, 'bold', `Applied: ${applied.address} (${applied.name} of ${applied.role})`));
    terminal.out(JSON.stringify(applied.document, null, 2));
  }
}

export function addOutcomeCommands(program: Command, context: Context): void {
  addCommand(
    program,
    'artifacts <project/env> [node]',
    'show what applied nodes have published (secrets redacted)',
  ).action((ref: string, node: string | undefined) =>
    withServer(context, async (api) => {
      const query = node === undefined ? '' : `?node=${encodeURIComponent(node)}`;
      const artifacts = await api.get<Artifact[]>(`${refPath(parseRef(ref))}/artifacts${query}`);
      print(context, artifacts, () => printArtifacts(context, artifacts));
    }),
  );
  addCommand(
    program,
    'policy <project/env> <node>',
    'show the effective IAM policy of a node, with the connection and grant behind each statement',
  ).action((ref: string, node: string) =>
    withServer(context, async (api) => {
      const policy = await api.get<EffectivePolicy>(`${refPath(parseRef(ref))}/policies/${encodeURIComponent(node)}`);
      print(context, policy, () => printPolicy(context, policy));
    }),
  );
}
