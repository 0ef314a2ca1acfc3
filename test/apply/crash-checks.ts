// What must hold in a data folder whose server was killed and started again.
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../server/store/store.ts';

/** What Terraform's states hold, by node. */
export interface StateView {
  lineage: string;
  serial: number;
  /** `type id` of every managed cloud resource. */
  resources: string[];
}

interface RawState {
  lineage: string;
  serial: number;
  resources?: { mode: string; type: string; instances: { attributes: { id: string } }[] }[];
}

/** The newest state of each of these nodes; those that have none are left out. */
export async function readStates(
  store: Store,
  environment: string,
  nodes: readonly string[],
): Promise<Map<string, StateView>> {
  const views = new Map<string, StateView>();
  for (const node of nodes) {
    const bytes = await store.states.latest(environment, node);
    if (!bytes) continue;
    const { lineage, serial, resources = [] } = JSON.parse(bytes.toString('utf8')) as RawState;
    const ids = resources
      .filter(({ mode, type }) => mode === 'managed' && type.startsWith('aws_'))
      .flatMap(({ type, instances }) => instances.map(({ attributes }) => `${type} ${attributes.id}`));
    views.set(node, { lineage, serial, resources: ids.sort() });
  }
  return views;
}

/** `type id` of every object of the embedded cloud. */
export async function readObjects(store: Store, environment: string): Promise<string[]> {
  const objects = await store.sandboxObjects(environment).list();
  return objects.map(({ type, id, attributes }) => `${type} ${String(attributes.id ?? id)}`).sort();
}

const expected = [
  'main.tf.json',
  // A root half written, without values; the next one takes its place.
  '.main.tf.json.new',
  'terraform.tfvars.json',
  '.plumbline-init',
  '.terraform.lock.hcl',
  // Where the state is; `init` writes it, without credentials.
  '.terraform/terraform.tfstate',
];

/** Files in the work folder that a crash must not leave: saved plans, states, output of engines. */
export function listLeftovers(dataDir: string): string[] {
  const work = join(dataDir, 'work');
  if (!existsSync(work)) return [];
  return readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(work.length + 1))
    .filter((file) => !expected.some((name) => file.endsWith(`/${name}`)) && !file.endsWith('.sock'));
}

/** Sockets of embedded clouds, dead or alive. */
export function countSockets(dataDir: string): number {
  const work = join(dataDir, 'work');
  return existsSync(work) ? readdirSync(work).filter((name) => name.endsWith('.sock')).length : 0;
}

/** Commands of processes that still run in the work folder. */
export function listEngines(dataDir: string): string[] {
  const work = join(dataDir, 'work');
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => linkTarget(`/proc/${pid}/cwd`).startsWith(work))
    .map((pid) => `${pid} ${linkTarget(`/proc/${pid}/exe`)}`);
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
