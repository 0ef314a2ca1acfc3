// The product's own roots, laid out for the shell loop and for the cdktf CLI.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A word of a shell, whatever is in it. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Copies each root with its values into a folder of its own, with the environment that its engine needs in the file `env`. */
export function copyRoots(from: string, to: string, env: (node: string) => Record<string, string>): void {
  for (const node of readdirSync(from).filter((name) => !name.startsWith('.'))) {
    const folder = join(to, node);
    mkdirSync(folder, { recursive: true });
    for (const file of ['main.tf.json', 'terraform.tfvars.json'])
      copyFileSync(join(from, node, file), join(folder, file));
    const lines = Object.entries(env(node)).map(([name, value]) => `${name}=${quoted(value)}\n`);
    writeFileSync(join(folder, 'env'), lines.join(''), { mode: 0o600 });
  }
}
