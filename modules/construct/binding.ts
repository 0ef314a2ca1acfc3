// What a module reads of one incoming connection: the upstream artifact's fields, typed by its contract.
import { Fn, type IResolvable, Token } from 'cdktf';
import type { Connection, ContractDocument, ContractField, InputPort } from '../../schemas/generated/types.ts';
import { type RootBuilder, terraformType } from './root-builder.ts';

/** One incoming connection as synth receives it. */
export interface BoundInput {
  connection: Connection;
  /** Input port of this node. */
  port: string;
  /** The contract of the producer's output port. */
  contract: ContractDocument;
  /** name@version of it. */
  contractRef: string;
  producer: { node: string; name: string };
  /** Field paths that upstream does not know yet (plan only). */
  unknown: readonly string[];
  /** Optional fields that upstream's artifact leaves out. */
  absent: readonly string[];
}

/**
 * A connection on one of our input ports. The accessors take a field name, or `<field>.arn` for a secret reference.
 * The first use of a field declares its Terraform variable. A field that the contract does not have, or that is of
 * another type, throws.
 */
export interface Binding {
  readonly connection: Connection;
  readonly contract: ContractDocument;
  readonly port: InputPort;
  readonly portName: string;
  string(field: string): string;
  number(field: string): number;
  boolean(field: string): IResolvable;
  /** A list as a whole; pick an item with `Fn.element(list, index)`, never with `[index]`. */
  strings(field: string): string[];
  /** A string or a number, as text: what templates are filled with. */
  text(field: string): string;
  /** False for an optional field that upstream leaves out. */
  has(field: string): boolean;
}

export function createBinding(builder: RootBuilder, input: BoundInput, port: InputPort): Binding {
  const read = (path: string, types: readonly string[]) => reference(builder, input, path, types);
  return {
    connection: input.connection,
    contract: input.contract,
    port,
    portName: input.port,
    string: (field) => Token.asString(read(field, ['string'])),
    number: (field) => Token.asNumber(read(field, ['integer'])),
    boolean: (field) => read(field, ['boolean']),
    strings: (field) => Token.asList(read(field, ['array'])),
    text: (field) => {
      const value = read(field, ['string', 'integer']);
      return findField(input, field).type === 'integer' ? Fn.tostring(value) : Token.asString(value);
    },
    has: (field) => isPresent(input, field),
  };
}

function reference(builder: RootBuilder, input: BoundInput, path: string, types: readonly string[]): IResolvable {
  const field = findField(input, path);
  if (!types.includes(field.type)) {
    throw new Error(
      `Input ${input.port} asks for ${path} of ${input.contractRef} as ${types.join(' or ')}, but it is of type ${field.type}. Use the accessor of that type.`,
    );
  }
  if (!isPresent(input, path)) {
    throw new Error(
      `Connection ${input.connection.id} has no ${path}: it is optional in ${input.contractRef} and ${input.producer.node} leaves it out. Ask has('${path}') first.`,
    );
  }
  const name = `${input.connection.id}_${path}`.replaceAll(/[^A-Za-z0-9]/g, '_');
  if (input.unknown.includes(path)) return builder.unknown(`unknown_${name}`, exampleOf(input.contract, path));
  return builder.variable(
    {
      name: `in_${name}`,
      connection: input.connection.id,
      field: path,
      type: terraformType(field),
      sensitive: field.secret === true,
    },
    `${path} of ${input.contractRef}, from ${input.producer.node}`,
  );
}

function isPresent(input: BoundInput, path: string): boolean {
  findField(input, path);
  return !input.absent.includes(topOf(path));
}

function findField(input: BoundInput, path: string): ContractField {
  const [top = '', inner, ...rest] = path.split('.');
  const field = own(input.contract.properties, top);
  const found = inner === undefined ? field : own((field?.properties ?? {}) as Record<string, ContractField>, inner);
  if (!found || rest.length > 0) {
    const known = Object.keys(input.contract.properties).join(', ');
    throw new Error(`${input.contractRef} has no field ${path} (input ${input.port}). It has: ${known}.`);
  }
  return found;
}

function exampleOf(contract: ContractDocument, path: string): unknown {
  for (const example of contract.examples) {
    const value = path.split('.').reduce<unknown>((at, key) => own(at as Record<string, unknown>, key), example);
    if (value !== undefined) return value;
  }
  throw new Error(`${contract.$id} has no example of ${path}, so a plan cannot stand in for it. Add it to an example.`);
}

const topOf = (path: string) => path.split('.')[0] ?? path;

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && typeof record === 'object' && Object.hasOwn(record, key) ? record[key] : undefined;
}
