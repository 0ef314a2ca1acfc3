// The messages of Terraform's provider protocol 5, from its published field numbers.
import type { Field, FieldKind, MessageTable } from './protobuf.ts';

const field = (number: number, name: string, kind: FieldKind = 'string', of?: () => MessageTable): Field => ({
  number,
  name,
  kind,
  of,
});
const repeated = (number: number, name: string, of: () => MessageTable): Field => ({
  ...field(number, name, 'message', of),
  repeated: true,
});
const dynamic = (number: number, name: string): Field => field(number, name, 'message', () => DynamicValue);
const diagnostics = (number: number): Field => repeated(number, 'diagnostics', () => Diagnostic);
const schemas = (number: number, name: string): Field => field(number, name, 'map', () => Schema);
const typeName = field(1, 'type_name');

const DynamicValue: MessageTable = [field(1, 'msgpack', 'bytes'), field(2, 'json', 'bytes')];
const Step: MessageTable = [
  field(1, 'attribute_name'),
  field(2, 'element_key_string'),
  field(3, 'element_key_int', 'int'),
];
const AttributePath: MessageTable = [repeated(1, 'steps', () => Step)];
const Diagnostic: MessageTable = [
  field(1, 'severity', 'int'),
  field(2, 'summary'),
  field(3, 'detail'),
  field(4, 'attribute', 'message', () => AttributePath),
];
const RawState: MessageTable = [field(1, 'json', 'bytes'), field(2, 'flatmap', 'map')];
const Attribute: MessageTable = [
  field(1, 'name'),
  field(2, 'type', 'bytes'),
  field(4, 'required', 'bool'),
  field(5, 'optional', 'bool'),
  field(6, 'computed', 'bool'),
  field(7, 'sensitive', 'bool'),
  field(9, 'deprecated', 'bool'),
  field(10, 'write_only', 'bool'),
];
const NestedBlock: MessageTable = [
  typeName,
  field(2, 'block', 'message', () => Block),
  field(3, 'nesting', 'int'),
  field(4, 'min_items', 'int'),
  field(5, 'max_items', 'int'),
];
const Block: MessageTable = [
  field(1, 'version', 'int'),
  repeated(2, 'attributes', () => Attribute),
  repeated(3, 'block_types', () => NestedBlock),
];
export const Schema: MessageTable = [field(1, 'version', 'int'), field(2, 'block', 'message', () => Block)];
const ServerCapabilities: MessageTable = [
  field(1, 'plan_destroy', 'bool'),
  field(2, 'get_provider_schema_optional', 'bool'),
  field(3, 'move_resource_state', 'bool'),
];
const Imported: MessageTable = [typeName, dynamic(2, 'state'), field(3, 'private', 'bytes')];
const Named: MessageTable = [typeName];

/** Request and response of one remote procedure. */
export interface Procedure {
  request: MessageTable;
  response: MessageTable;
}

/** Procedures that the sandbox answers; any other one gets gRPC's "unimplemented", which Terraform understands. */
export const procedures: Readonly<Record<string, Procedure>> = {
  GetMetadata: {
    request: [],
    response: [
      field(1, 'server_capabilities', 'message', () => ServerCapabilities),
      diagnostics(2),
      repeated(3, 'data_sources', () => Named),
      repeated(4, 'resources', () => Named),
    ],
  },
  GetSchema: {
    request: [],
    response: [
      field(1, 'provider', 'message', () => Schema),
      schemas(2, 'resource_schemas'),
      schemas(3, 'data_source_schemas'),
      diagnostics(4),
      field(6, 'server_capabilities', 'message', () => ServerCapabilities),
    ],
  },
  PrepareProviderConfig: { request: [dynamic(1, 'config')], response: [dynamic(1, 'prepared_config'), diagnostics(2)] },
  Configure: { request: [field(1, 'terraform_version'), dynamic(2, 'config')], response: [diagnostics(1)] },
  ValidateResourceTypeConfig: { request: [typeName, dynamic(2, 'config')], response: [diagnostics(1)] },
  ValidateDataSourceConfig: { request: [typeName, dynamic(2, 'config')], response: [diagnostics(1)] },
  UpgradeResourceState: {
    request: [typeName, field(2, 'version', 'int'), field(3, 'raw_state', 'message', () => RawState)],
    response: [dynamic(1, 'upgraded_state'), diagnostics(2)],
  },
  ReadResource: {
    request: [typeName, dynamic(2, 'current_state'), field(3, 'private', 'bytes')],
    response: [dynamic(1, 'new_state'), diagnostics(2), field(3, 'private', 'bytes')],
  },
  PlanResourceChange: {
    request: [
      typeName,
      dynamic(2, 'prior_state'),
      dynamic(3, 'proposed_new_state'),
      dynamic(4, 'config'),
      field(5, 'prior_private', 'bytes'),
    ],
    response: [
      dynamic(1, 'planned_state'),
      repeated(2, 'requires_replace', () => AttributePath),
      field(3, 'planned_private', 'bytes'),
      diagnostics(4),
      field(5, 'legacy_type_system', 'bool'),
    ],
  },
  ApplyResourceChange: {
    request: [
      typeName,
      dynamic(2, 'prior_state'),
      dynamic(3, 'planned_state'),
      dynamic(4, 'config'),
      field(5, 'planned_private', 'bytes'),
    ],
    response: [
      dynamic(1, 'new_state'),
      field(2, 'private', 'bytes'),
      diagnostics(3),
      field(4, 'legacy_type_system', 'bool'),
    ],
  },
  ImportResourceState: {
    request: [typeName, field(2, 'id')],
    response: [repeated(1, 'imported_resources', () => Imported), diagnostics(2)],
  },
  ReadDataSource: { request: [typeName, dynamic(2, 'config')], response: [dynamic(1, 'state'), diagnostics(2)] },
  Stop: { request: [], response: [field(1, 'Error')] },
};
