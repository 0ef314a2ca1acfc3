// Collects what a root holds beside resources: variables, stand-ins for unknown inputs, and outputs.
import { type IResolvable, ref, type TerraformStack } from 'cdktf';
import type { ContractField } from '../../schemas/generated/types.ts';

/** A Terraform variable of a root. `connection` is empty for a secret param. */
export interface RootVariable {
  name: string;
  connection: string;
  field: string;
  type: string;
  sensitive: boolean;
}

export interface RootBuilder {
  readonly stack: TerraformStack;
  readonly variables: readonly RootVariable[];
  /** Declares the variable, once, and returns the reference to it. */
  variable(variable: RootVariable, description: string): IResolvable;
  /** A value that Terraform itself reports as known after apply, of the type of `example`. */
  unknown(name: string, example: unknown): IResolvable;
  output(name: string, value: Record<string, unknown>, sensitive: boolean): void;
}

export function createRootBuilder(stack: TerraformStack): RootBuilder {
  const declared = new Map<string, RootVariable>();
  return {
    stack,
    get variables() {
      return [...declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    variable(variable, description) {
      const { name, type, sensitive } = variable;
      if (!declared.has(name)) {
        declared.set(name, variable);
        stack.addOverride(`variable.${name}`, {
          type,
          description,
          nullable: false,
          ...(sensitive ? { sensitive } : {}),
        });
      }
      return ref(`var.${name}`, stack);
    },
    unknown(name, example) {
      stack.addOverride(`resource.terraform_data.${name}`, { input: typed(example) });
      return ref(`terraform_data.${name}.output`, stack);
    },
    output(name, value, sensitive) {
      stack.addOverride(`output.${name}`, { value, ...(sensitive ? { sensitive } : {}) });
    },
  };
}

/** Terraform's name of a contract field's type. */
export function terraformType(field: ContractField): string {
  switch (field.type) {
    case 'integer':
      return 'number';
    case 'boolean':
      return 'bool';
    case 'array':
      return 'list(string)';
    default:
      return 'string';
  }
}

/** A bare JSON array would be a tuple, whose length is known. */
function typed(example: unknown): unknown {
  return Array.isArray(example) ? `\${tolist(${JSON.stringify(example)})}` : example;
}
