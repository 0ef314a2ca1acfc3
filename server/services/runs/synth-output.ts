// The Terraform roots of an environment as files that run alone with plain Terraform.
import type { DeclaredOutputs, Graph, Issue, SynthOutput } from '../../../schemas/generated/types.ts';
import { compile, requestOf } from './compile.ts';
import type { PortValue } from './inputs.ts';
import { type Compiled, type EnvironmentView, manifestOf, portKey } from './session.ts';

/**
 * One folder per node: the root with a local backend, and a tfvars file with the values that are known and no secrets.
 * Upstream fields are typed variables; those of a node that was never applied are left to be given.
 */
export async function synthFiles(session: EnvironmentView): Promise<SynthOutput> {
  const ports = publishedOrDeclared(session);
  const requests = [...session.nodes.values()].map((node) => requestOf(session, node, ports));
  const files: Record<string, string> = {};
  for (const compiled of await compile(session, requests, ports)) {
    const { id } = compiled.request.node;
    files[`${id}/main.tf.json`] = text(withLocalBackend(compiled));
    const known = Object.entries(compiled.values.tfvars).filter(([, value]) => value !== null);
    files[`${id}/terraform.tfvars.json`] = text(Object.fromEntries(known));
  }
  return { files };
}

/**
 * What a node will publish as far as its settings alone say it, by output port: the fields that its root writes down as plain values.
 * Everything that refers to a resource or to another node is left out.
 */
export async function declaredOutputs(session: EnvironmentView, id: string): Promise<DeclaredOutputs> {
  const node = session.nodes.get(id);
  // Somebody else may have taken the box away a moment ago.
  if (!node) return {};
  const ports = publishedOrDeclared(session);
  const [compiled] = await compile(session, [requestOf(session, node, ports)], ports);
  const written = (compiled?.result.root.output ?? {}) as Record<string, { value?: Record<string, unknown> }>;
  const names = Object.keys(manifestOf(session.deps, node.module, node.version).outputs);
  return Object.fromEntries(names.map((port) => [port, plainFields(written[port]?.value ?? {})]));
}

/** Whether an issue stands in the way of compiling a node: one of its own, or of a line of its. */
export function hinders({ blocks, node, connection }: Issue, id: string, { connections }: Graph): boolean {
  if (blocks === 'nothing') return false;
  const line = connections.find((each) => each.id === connection);
  return [node, line?.from.node, line?.to.node].includes(id);
}

function plainFields(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => !JSON.stringify(field ?? null).includes('${')));
}

function publishedOrDeclared(session: EnvironmentView) {
  return (node: string, port: string): PortValue | undefined =>
    session.published.get(portKey(node, port)) ?? declared(session, node, port);
}

/** A port with nothing published: its contract is known, its values are not. */
function declared(session: EnvironmentView, id: string, port: string): PortValue | undefined {
  const node = session.nodes.get(id);
  const output = node && manifestOf(session.deps, node.module, node.version).outputs[port];
  return output && { contract: output.contract, value: {}, unknown: [], version: '' };
}

function withLocalBackend({ result }: Compiled): Record<string, unknown> {
  const terraform = result.root.terraform as Record<string, unknown> | undefined;
  return { ...result.root, terraform: { ...terraform, backend: { local: { path: 'terraform.tfstate' } } } };
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
