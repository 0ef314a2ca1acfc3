// The provider protocol: decodes a call, has it done, encodes the answer.
import { FaultInjector } from '../cloud/faults.ts';
import { Refusal } from '../cloud/refusal.ts';
import type { SandboxLogLine, SandboxOptions } from '../contract.ts';
import { conform } from '../schema/conform.ts';
import { loadSchemas, type SchemaSet, type TypeSchema } from '../schema/schema-data.ts';
import { schemaBytes } from '../schema/schema-message.ts';
import { procedures } from '../wire/messages.ts';
import { pack, unpack } from '../wire/msgpack.ts';
import { decode, encode, type Message } from '../wire/protobuf.ts';
import { isObject, type ObjectValue, type Value } from '../wire/value.ts';
import { DATA_SOURCES, readDataSource } from './data-sources.ts';
import { errorDiagnostic, refusalDiagnostic } from './diagnostics.ts';
import { type ResourceCall, Resources } from './resources.ts';
import { openSession, type Session } from './session.ts';

export type ProviderOptions = Omit<SandboxOptions, 'socketDir'>;

/** The connection's session is replaced when its provider block is configured. */
export interface SessionSlot {
  session: Session;
}

type Handler = (request: Message, slot: SessionSlot) => Message | Promise<Message>;

export class Provider {
  private readonly options: ProviderOptions;
  private readonly resources: Resources;
  private schemas: SchemaSet;
  private schemaReply: Buffer | undefined;

  constructor(options: ProviderOptions) {
    this.options = options;
    this.resources = new Resources(new FaultInjector(options.faults, options.account));
    this.schemas = load(options.resourceTypes);
  }

  openSession(): SessionSlot {
    return { session: openSession(this.options) };
  }

  /** Widens the served schema. Types named `data.aws_x` are data sources. */
  serve(types: readonly string[]): void {
    const served = (type: string): boolean =>
      type.startsWith('data.') ? this.schemas.dataSources.has(type.slice(5)) : this.schemas.resources.has(type);
    if (types.every(served)) return;
    const dataSources = [...this.schemas.dataSources.keys()].map((type) => `data.${type}`);
    this.schemas = load([...this.schemas.resources.keys(), ...dataSources, ...types]);
    this.schemaReply = undefined;
  }

  /** @returns undefined when the protocol has no such method */
  call(method: string, body: Buffer, slot: SessionSlot): Promise<Buffer> | undefined {
    const procedure = procedures[method];
    const handler = this.handlers[method];
    if (!procedure || !handler) return undefined;
    return this.answer(method, decode(procedure.request, body), slot, handler, (reply) =>
      encode(procedure.response, reply),
    );
  }

  private async answer(
    method: string,
    request: Message,
    slot: SessionSlot,
    handler: Handler,
    encodeReply: (reply: Message) => Buffer,
  ): Promise<Buffer> {
    const start = performance.now();
    if (method === 'GetSchema' && this.schemaReply) return this.schemaReply;
    const reply = await this.handled(method, request, slot, handler);
    const bytes = encodeReply(reply);
    if (method === 'GetSchema') this.schemaReply = bytes;
    this.options.log?.(logLine(method, request, reply, performance.now() - start));
    return bytes;
  }

  /** A bug is shown as one too, but its text, which may hold values, stays here. */
  private async handled(method: string, request: Message, slot: SessionSlot, handler: Handler): Promise<Message> {
    try {
      return await handler(request, slot);
    } catch (error) {
      const type = String(request.type_name ?? '');
      const kind = error instanceof Error ? error.name : 'Error';
      const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim().split('/').pop() ?? '') : '';
      const detail = `${kind} at ${where}. This is a defect of the sandbox, not of your configuration; please report it.`;
      return { diagnostics: [errorDiagnostic(`The sandbox failed in ${method} ${type}`, detail)] };
    }
  }

  private readonly handlers: Readonly<Record<string, Handler>> = {
    GetMetadata: () => ({
      server_capabilities: CAPABILITIES,
      resources: [...this.schemas.resources.keys()].map((type) => ({ type_name: type })),
      data_sources: [...this.schemas.dataSources.keys()].map((type) => ({ type_name: type })),
    }),
    GetSchema: () => ({
      provider: schemaBytes(this.schemas.provider),
      resource_schemas: schemaMap(this.schemas.resources),
      data_source_schemas: schemaMap(this.schemas.dataSources),
      server_capabilities: CAPABILITIES,
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }, slot) => {
      slot.session = openSession(this.options, objectOf(config) ?? {});
      return {};
    },
    ValidateResourceTypeConfig: () => ({}),
    ValidateDataSourceConfig: () => ({}),
    UpgradeResourceState: (request) => {
      const json = (request.raw_state as Message).json as Buffer;
      return { upgraded_state: dynamic(conform(this.resource(request).block, JSON.parse(json.toString('utf8')))) };
    },
    ReadResource: (request, slot) => this.readResource(request, slot),
    PlanResourceChange: (request, slot) => this.planResource(request, slot),
    ApplyResourceChange: (request, slot) => this.applyResource(request, slot),
    ImportResourceState: (request, slot) => this.importResource(request, slot),
    ReadDataSource: (request, slot) => this.readData(request, slot),
    // A process that many runs share must survive one run's Ctrl-C: nothing is latched.
    Stop: () => ({}),
  };

  private async readResource(request: Message, slot: SessionSlot): Promise<Message> {
    const call = this.resourceCall(request, slot);
    const current = objectOf(request.current_state);
    if (!current) return { new_state: dynamic(null) };
    const unchanged = { new_state: dynamic(current), private: request.private };
    return refusable('reading', call, [current], unchanged, async () => {
      const state = await this.resources.read(call, current);
      return { new_state: dynamic(state), private: request.private };
    });
  }

  private planResource(request: Message, slot: SessionSlot): Message {
    const proposed = objectOf(request.proposed_new_state);
    if (!proposed) return { planned_state: dynamic(null), planned_private: request.prior_private };
    const config = objectOf(request.config) ?? {};
    const { planned, replace } = this.resources.plan(
      this.resourceCall(request, slot),
      objectOf(request.prior_state),
      config,
      proposed,
    );
    return {
      planned_state: dynamic(planned),
      requires_replace: replace,
      planned_private: request.prior_private,
      legacy_type_system: true,
    };
  }

  private applyResource(request: Message, slot: SessionSlot): Promise<Message> {
    const call = this.resourceCall(request, slot);
    const prior = objectOf(request.prior_state);
    const planned = objectOf(request.planned_state);
    const config = objectOf(request.config);
    const doing = planned ? (prior ? 'updating' : 'creating') : 'deleting';
    const kept = { new_state: dynamic(prior), private: request.planned_private, legacy_type_system: true };
    return refusable(doing, call, [planned, prior, config], kept, async () => {
      const state = await this.resources.apply(call, { prior, planned, config });
      return { ...kept, new_state: dynamic(state) };
    });
  }

  private importResource(request: Message, slot: SessionSlot): Promise<Message> {
    const call = this.resourceCall(request, slot);
    return refusable('importing', call, [], {}, async () => {
      const state = await this.resources.importById(call, String(request.id));
      return { imported_resources: [{ type_name: call.name, state: dynamic(state) }] };
    });
  }

  private async readData(request: Message, slot: SessionSlot): Promise<Message> {
    const name = String(request.type_name);
    const schema = this.schemas.dataSources.get(name);
    if (!schema) throw new Error('unserved data source');
    const config = objectOf(request.config) ?? {};
    const call = { name, schema, session: slot.session };
    return refusable('reading data', call, [], {}, async () => ({
      state: dynamic(conform(schema.block, await readDataSource(name, schema, config, slot.session.cloud))),
    }));
  }

  private resourceCall(request: Message, slot: SessionSlot): ResourceCall {
    return { name: String(request.type_name), schema: this.resource(request), session: slot.session };
  }

  private resource(request: Message): TypeSchema {
    const schema = this.schemas.resources.get(String(request.type_name));
    if (!schema) throw new Error('unserved resource type');
    return schema;
  }
}

const CAPABILITIES = { get_provider_schema_optional: true };

function load(types: readonly string[]): SchemaSet {
  const dataSources = types.filter((type) => type.startsWith('data.')).map((type) => type.slice(5));
  return loadSchemas(
    types.filter((type) => !type.startsWith('data.')),
    [...DATA_SOURCES, ...dataSources],
  );
}

function schemaMap(types: ReadonlyMap<string, TypeSchema>): Record<string, Buffer> {
  return Object.fromEntries([...types].map(([name, schema]) => [name, schemaBytes(schema)]));
}

/** Does `work`; when the cloud refuses, the answer is `otherwise` with the diagnostic. */
async function refusable(
  doing: string,
  call: ResourceCall,
  objects: readonly (ObjectValue | null)[],
  otherwise: Message,
  work: () => Promise<Message>,
): Promise<Message> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const failed = { doing, type: call.name, block: call.schema.block, objects };
    return { ...otherwise, diagnostics: [refusalDiagnostic(error, failed)] };
  }
}

function logLine(method: string, request: Message, reply: Message, ms: number): SandboxLogLine {
  const [first] = (reply.diagnostics as Message[] | undefined) ?? [];
  const line: SandboxLogLine = { method, ms: Math.round(ms * 100) / 100 };
  if (typeof request.type_name === 'string') line.type = request.type_name;
  if (first) line.error = String(first.summary);
  return line;
}

function dynamic(value: Value): Message {
  return { msgpack: pack(value) };
}

function objectOf(value: unknown): ObjectValue | null {
  const { msgpack, json } = (value ?? {}) as { msgpack?: Buffer; json?: Buffer };
  const decoded: Value = msgpack?.length
    ? unpack(msgpack)
    : json?.length
      ? (JSON.parse(json.toString('utf8')) as Value)
      : null;
  return isObject(decoded) ? decoded : null;
}
