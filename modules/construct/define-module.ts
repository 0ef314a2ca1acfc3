// The way from a module's stack to a canonical Terraform root.
import { TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import { rootFrame } from './frame.ts';
import { type ModuleOutputs, writeOutputs } from './outputs.ts';
import { createRootBuilder, type RootVariable } from './root-builder.ts';
import { createScope, type ModuleScope, type ModuleTask } from './scope.ts';

// Capturing where each token was made is most of the cost of a synth, and nobody reads it.
process.env.CDKTN_DISABLE_CREATION_STACK ??= '1';

/** Default export of a module's `stack.ts`. */
export type ModuleImplementation = (scope: ModuleScope<Record<string, unknown>>) => ModuleOutputs;

/**
 * Declares a module. `build` makes the resources and returns the fields of every output port. Params have been
 * validated against the manifest's schema before, so `Params` describes them as they are.
 */
export function defineModule<Params>(build: (scope: ModuleScope<Params>) => ModuleOutputs): ModuleImplementation {
  return (scope) => build(scope as ModuleScope<Params>);
}

export interface ModuleRoot {
  /** Terraform JSON with sorted keys and nothing that differs from synth to synth. */
  root: Record<string, unknown>;
  variables: RootVariable[];
  /** Provider resource types in use, sorted; without Terraform's built-in `terraform_data`. */
  resourceTypes: string[];
}

/**
 * Builds one node's root.
 * @throws Error naming node and module when the stack breaks its manifest or a contract.
 */
export function synthesizeModule(implementation: ModuleImplementation, task: ModuleTask): ModuleRoot {
  const { node, manifest } = task;
  // A construct tree of its own for each node: an App would make folders, and `prepareStack` would resolve everything
  // twice for references between stacks, which we never have.
  const stack = new TerraformStack(new RootConstruct(), node.id);
  const builder = createRootBuilder(stack);
  try {
    const outputs = implementation(createScope(builder, task));
    writeOutputs(builder, manifest, outputs, task.findContract);
    const root = canonical({ ...stack.toTerraform(), ...rootFrame(task.environment, node) }) as Record<string, unknown>;
    return { root, variables: [...builder.variables], resourceTypes: resourceTypes(root) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Node ${node.id} (${node.module}@${node.version}) cannot be synthesized: ${reason}`, { cause });
  }
}

function resourceTypes(root: Record<string, unknown>): string[] {
  return Object.keys(root.resource ?? {}).filter((type) => type !== 'terraform_data');
}

/** Sorted keys, without cdktf's `//` metadata. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (key !== '//') sorted[key] = canonical((value as Record<string, unknown>)[key]);
  }
  return sorted;
}
