// What a module's stack is given: params, context, names and connections.
import type { TerraformStack } from 'cdktf';
import type { ContractDocument, EnvironmentDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import { partitionOf } from '../../schemas/rules/environment-fields.ts';
import { physicalName } from '../../schemas/rules/physical-name.ts';
import { type Binding, type BoundInput, createBinding } from './binding.ts';
import { nodeTags } from './frame.ts';
import { literal } from './literal.ts';
import { paramsFor } from './params.ts';
import type { RootBuilder } from './root-builder.ts';

/** One node to synthesize, with everything that its root depends on. */
export interface ModuleTask {
  environment: EnvironmentDocument;
  node: { id: string; name: string; module: string; version: string; params: Record<string, unknown> };
  manifest: ModuleManifest;
  inputs: readonly BoundInput[];
  /** Contracts of the output ports, by name@version. */
  findContract(ref: string): ContractDocument | undefined;
  protected: boolean;
}

/** Where a node lives. Nothing of it changes when a node is renamed. */
export interface ModuleContext {
  readonly project: string;
  readonly environment: string;
  readonly class: EnvironmentDocument['class'];
  readonly node: string;
  readonly region: string;
  readonly account: string;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** Three zones of the region; nothing asks the cloud for them. */
  readonly zones: readonly [string, string, string];
  /** Tags that the provider puts on everything (`default_tags`). */
  readonly tags: Readonly<Record<string, string>>;
  /** Data of this node must not be lost: deletion protection on, nothing force-deleted. */
  readonly protected: boolean;
}

export interface ModuleScope<Params> {
  /** Scope of every resource: `new SqsQueue(scope.stack, 'queue', {...})`. Ids are addresses in state: never change them. */
  readonly stack: TerraformStack;
  /** Resolved params; secrets are references to sensitive variables. */
  readonly params: Params;
  readonly context: ModuleContext;
  /** Physical name of at most `limit` characters, suffix included. */
  name(limit: number, options?: { suffix?: string; lowercase?: boolean }): string;
  /** The connection of a port of cardinality `one`. */
  input(port: string): Binding;
  /** The connection of a port of cardinality `optional`, if there is one. */
  optional(port: string): Binding | undefined;
  /** All connections of a port, sorted by connection id. */
  inputs(port: string): readonly Binding[];
  /** All connections of all ports, sorted by connection id. */
  readonly connections: readonly Binding[];
}

export function createScope(builder: RootBuilder, task: ModuleTask): ModuleScope<Record<string, unknown>> {
  const connections = bind(builder, task);
  const context = contextOf(task);
  const inputs = (port: string) => {
    portOf(task.manifest, port);
    return connections.filter((binding) => binding.portName === port);
  };
  return {
    stack: builder.stack,
    params: paramsFor(builder, task.manifest, task.node.params),
    context,
    connections,
    inputs,
    name: (limit, options) =>
      physicalName(
        { project: context.project, environment: context.environment, node: context.node },
        { limit, ...options },
      ),
    optional(port) {
      const [first, ...more] = inputs(port);
      if (more.length > 0) throw new Error(`Input ${port} takes one connection, but ${more.length + 1} lead to it.`);
      return first;
    },
    input(port) {
      const [first, ...more] = inputs(port);
      if (!first || more.length > 0) {
        throw new Error(
          `Input ${port} needs exactly one connection, but ${first ? more.length + 1 : 'none'} leads to it.`,
        );
      }
      return first;
    },
  };
}

function bind(builder: RootBuilder, task: ModuleTask): Binding[] {
  return [...task.inputs]
    .sort((a, b) => (a.connection.id < b.connection.id ? -1 : 1))
    .map((input) => createBinding(builder, input, portOf(task.manifest, input.port)));
}

function portOf(manifest: ModuleManifest, name: string) {
  const port = Object.hasOwn(manifest.inputs, name) ? manifest.inputs[name] : undefined;
  if (!port) {
    const known = Object.keys(manifest.inputs).join(', ') || 'none';
    throw new Error(`Module ${manifest.id} has no input ${name}. Its inputs: ${known}.`);
  }
  return port;
}

function contextOf({ environment, node, protected: guarded }: ModuleTask): ModuleContext {
  const { region, account } = environment.target;
  return {
    project: environment.project,
    environment: environment.name,
    class: environment.class,
    node: node.id,
    region: literal(region),
    account: literal(account),
    partition: partitionOf(region),
    zones: [`${region}a`, `${region}b`, `${region}c`],
    tags: nodeTags(environment, node),
    protected: guarded,
  };
}
