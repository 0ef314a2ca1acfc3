import { join } from 'node:path';
import type { Command } from 'commander';
import type { DeployPermissions } from '../../schemas/generated/types.ts';
import { permissionFiles, permissionWords, unboundedReasons } from '../../schemas/rules/permission-files.ts';
import { MANAGED_POLICY_LIMIT } from '../../schemas/rules/split-policies.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { plain, type Terminal } from '../terminal.ts';
import { requireEmptyFolder, writeFiles } from './files-out.ts';

interface Options {
  out?: string;
  force?: boolean;
}

export function addPermissionsCommand(env: Command, context: Context): void {
  addCommand(
    env,
    'permissions <project/env>',
    'the least IAM policies of the role that plans and applies an environment',
  )
    .option('--out <folder>', 'write the documents there: read-1.json, write-1.json and so on')
    .option('--force', 'write into a folder that is not empty')
    .action((ref: string, { out, force }: Options) => {
      if (out !== undefined) requireEmptyFolder(out, force);
      return withServer(context, async (api) => {
        const permissions = await api.get<DeployPermissions>(`${refPath(parseRef(ref))}/permissions`);
        const texts = permissionFiles(permissions).map(({ name, document }) => [name, `${textOf(document)}\n`]);
        if (out !== undefined) writeFiles(out, Object.fromEntries(texts));
        print(context, permissions, () => printPermissions(context.terminal, permissions, out));
      });
    });
}

const textOf = (document: unknown) => JSON.stringify(document, null, 2);

/** What is typed next, with the AWS command line. */
function howToAttach({ project, environment }: DeployPermissions, out: string): string {
  const name = `${project}-${environment}-read-1`;
  return [
    `Wrote them to ${out}. For each of them:`,
    `  aws iam create-policy --policy-name ${name} --policy-document file://${join(out, 'read-1.json')}`,
    `  aws iam attach-role-policy --role-name <role> --policy-arn arn:aws:iam::<account>:policy/${name}`,
  ].join('\n');
}

function printPermissions(terminal: Terminal, permissions: DeployPermissions, out: string | undefined): void {
  for (const { name, size, document } of permissionFiles(permissions)) {
    terminal.out(`${name}: ${size} of ${MANAGED_POLICY_LIMIT} characters`);
    if (out === undefined) terminal.out(plain(textOf(document)));
  }
  if (out === undefined) terminal.out('`--out <folder>` writes them as files.');
  else terminal.out(howToAttach(permissions, out));
  terminal.out(permissionWords(permissions));
  const reasons = unboundedReasons(permissions);
  if (reasons.length > 0) terminal.out('\nBound by neither a name nor a tag of the environment:');
  for (const { why, actions } of reasons) terminal.out(`  ${plain(why)}:\n    ${plain(actions.join(', '))}`);
  if (permissions.unlisted.length > 0)
    terminal.out(`\nNot known, add by hand: ${plain(permissions.unlisted.join(', '))}`);
  if (permissions.problem) terminal.out(`\n${plain(permissions.problem)}`);
}
