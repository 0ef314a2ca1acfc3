// Generated from the JSON Schemas by `npm run generate`; do not edit.

/**
 * A variable that a workload receives: a template over fields, or a secret reference; with grants set, only where the line carries one of them.
 */
export type EnvVariable = {
  [k: string]: unknown;
} & {
  value?: string;
  /**
   * Name of a secretReference field.
   */
  secret?: string;
  /**
   * Key inside the secret's JSON.
   */
  key?: string;
  grants?: string[];
};
export type EnvironmentClass = "development" | "staging" | "production" | "preview";
export type EngineKind = "terraform" | "tofu";
export type RunKind = "plan" | "apply" | "destroy";
/**
 * waiting = a plan that waits for approval.
 */
export type RunStatus = "planning" | "waiting" | "applying" | "succeeded" | "failed" | "cancelled";
/**
 * blocked = something that it depends on failed.
 */
export type StepStatus =
  "pending" | "running" | "planned" | "succeeded" | "skipped" | "failed" | "blocked" | "cancelled";
export type ChangeAction = "create" | "change" | "replace" | "delete";
export type PhaseName = "synth" | "init" | "plan" | "approve" | "unprotect" | "apply" | "publish";
export type PhaseStatus = "running" | "succeeded" | "failed" | "cancelled";
export type LayoutColor = "grey" | "blue" | "green" | "amber" | "red" | "violet";
export type Family = "network" | "compute" | "data" | "messaging" | "storage" | "identity" | "observe";
/**
 * The same policies as they stand in applied state.
 */
export type Applied = AppliedPolicy[];

export interface AllDocuments {
  "artifact.json"?: Artifact;
  "contract.json"?: ContractDocument;
  "contract.json:ContractField"?: ContractField;
  "contract.json:Grant"?: Grant;
  "contract.json:GrantStatement"?: GrantStatement;
  "contract.json:NetworkRule"?: NetworkRule;
  "contract.json:EnvVariable"?: EnvVariable;
  "environment.json"?: EnvironmentDocument;
  "environment.json:EnvironmentClass"?: EnvironmentClass;
  "environment.json:EngineKind"?: EngineKind;
  "environment.json:CloudTarget"?: CloudTarget;
  "event.json"?: PlumblineEvent;
  "event.json:OperationsEvent"?: OperationsEvent;
  "event.json:RunHead"?: RunHead;
  "event.json:StepHead"?: StepHead;
  "event.json:LogLine"?: LogLine;
  "graph.json"?: Graph;
  "graph.json:GraphNode"?: GraphNode;
  "graph.json:PortRef"?: PortRef;
  "graph.json:Connection"?: Connection;
  "issue.json"?: Issue;
  "layout.json"?: Layout;
  "layout.json:Position"?: Position;
  "layout.json:LayoutColor"?: LayoutColor;
  "layout.json:Group"?: Group;
  "layout.json:Note"?: Note;
  "module.json"?: ModuleManifest;
  "module.json:Family"?: Family;
  "module.json:InputPort"?: InputPort;
  "module.json:OutputPort"?: OutputPort;
  "module.json:Preset"?: Preset;
  "operation.json"?: Operation;
  "run.json"?: Run;
  "run.json:RunKind"?: RunKind;
  "run.json:RunStatus"?: RunStatus;
  "run.json:StepStatus"?: StepStatus;
  "run.json:PhaseName"?: PhaseName;
  "run.json:PhaseStatus"?: PhaseStatus;
  "run.json:ChangeTotals"?: ChangeTotals;
  "run.json:Need"?: Need;
  "run.json:RunError"?: RunError;
  "run.json:Step"?: Step;
  "run.json:Phase"?: Phase;
  "run.json:ResourceChange"?: ResourceChange;
  "run.json:ChangeAction"?: ChangeAction;
  "run.json:AttributeChange"?: AttributeChange;
  "api:ModuleDetail"?: ModuleDetail;
  "api:ContractDetail"?: ContractDetail;
  "api:CheckRequest"?: CheckRequest;
  "api:CheckResult"?: CheckResult;
  "api:Project"?: Project;
  "api:ProjectCreate"?: ProjectCreate;
  "api:EnvironmentCreate"?: EnvironmentCreate;
  "api:DeclaredOutputs"?: DeclaredOutputs;
  "api:EnvironmentChange"?: EnvironmentChange;
  "api:CloudIdentity"?: CloudIdentity;
  "api:EngineChoice"?: EngineChoice;
  "api:EngineSwitched"?: EngineSwitched;
  "api:EnvironmentSummary"?: EnvironmentSummary;
  "api:NodeRuntime"?: NodeRuntime;
  "api:EnvironmentState"?: EnvironmentState;
  "api:OperationBatch"?: OperationBatch;
  "api:OperationsTaken"?: OperationsTaken;
  "api:Presence"?: Presence;
  "api:GraphSave"?: GraphSave;
  "api:GraphSaved"?: GraphSaved;
  "api:GraphConflict"?: GraphConflict;
  "api:RunCreate"?: RunCreate;
  "api:RunApprove"?: RunApprove;
  "api:PolicyStatement"?: PolicyStatement;
  "api:EffectivePolicy"?: EffectivePolicy;
  "api:DeployPermissions"?: DeployPermissions;
  "api:IamPolicyDocument"?: IamPolicyDocument;
  "api:IamStatement"?: IamStatement;
  "api:InjectedVariable"?: InjectedVariable;
  "api:ConnectionDetail"?: ConnectionDetail;
  "api:SynthOutput"?: SynthOutput;
  "api:SandboxObject"?: SandboxObject;
  "api:SandboxFault"?: SandboxFault;
  "api:SandboxFaultCreate"?: SandboxFaultCreate;
  "api:AuditEntry"?: AuditEntry;
  "api:Health"?: Health;
  "api:ApiError"?: ApiError;
}
/**
 * The validated value that an applied node published on an output port; secret fields are shown as [secret].
 */
export interface Artifact {
  node: string;
  port: string;
  contract: string;
  value: {
    [k: string]: unknown;
  };
  run: string;
  publishedAt: string;
}
/**
 * A contract: a JSON Schema 2020-12 document of an artifact, with our vocabulary (known, secret, secretReference on fields; grants, network, env at the top).
 */
export interface ContractDocument {
  $schema?: string;
  $id: string;
  title: string;
  summary: string;
  family: "network" | "compute" | "data" | "messaging" | "storage" | "identity" | "observe";
  type: "object";
  additionalProperties: false;
  /**
   * Fields. Each has type, title and known; string, number, boolean, array of strings, or an object with secretReference: true.
   */
  properties: {
    [k: string]: ContractField;
  };
  required: string[];
  /**
   * @minItems 1
   */
  examples: [
    {
      [k: string]: unknown;
    },
    ...{
      [k: string]: unknown;
    }[]
  ];
  grants: {
    [k: string]: Grant;
  };
  network?: NetworkRule[];
  env: {
    [k: string]: EnvVariable;
  };
  [k: string]: unknown;
}
export interface ContractField {
  type: "string" | "integer" | "boolean" | "array" | "object";
  title: string;
  /**
   * When the value is known: from params, in a create plan, or only after apply.
   */
  known: "static" | "planned" | "applied";
  /**
   * A value that must never be shown. Say why in secretReason.
   */
  secret?: boolean;
  secretReason?: string;
  /**
   * An object {arn, key?}: a reference to a secret, never its value.
   */
  secretReference?: boolean;
  items?: {
    [k: string]: unknown;
  };
  properties?: {
    [k: string]: unknown;
  };
  pattern?: string;
  [k: string]: unknown;
}
/**
 * A named, least-privilege permission.
 */
export interface Grant {
  /**
   * Plain words: what the consumer may do.
   */
  title: string;
  /**
   * 1 = the least; a new line gets the lowest rank.
   */
  rank: number;
  /**
   * Why this grant is risky; absent = it is not.
   */
  risk?: string;
  /**
   * Service principal that acts for the producer where the consumer has no identity (sns.amazonaws.com).
   */
  service?: string;
  statements: GrantStatement[];
}
export interface GrantStatement {
  /**
   * No wildcards.
   *
   * @minItems 1
   */
  actions: [string, ...string[]];
  /**
   * Templates over fields: {arn}, {arn}/*. A bare * needs wildcardReason.
   *
   * @minItems 1
   */
  resources: [string, ...string[]];
  wildcardReason?: string;
  conditions?: {
    [k: string]: {
      [k: string]: string[];
    };
  };
  /**
   * Who needs it: the workload's own role (default), or the role that injects secrets for it (ECS execution role; the workload's own where there is none).
   */
  identity?: "workload" | "injector";
}
/**
 * The producer's security group opens this port to the consumer's.
 */
export interface NetworkRule {
  title: string;
  securityGroup: string;
  port: string;
  protocol: "tcp" | "udp";
}
/**
 * One living copy of a project's graph with its own cloud target.
 */
export interface EnvironmentDocument {
  schemaVersion: 1;
  project: string;
  name: string;
  class: EnvironmentClass;
  target: CloudTarget;
  engine: EngineKind;
  tags: Tags;
  /**
   * Nodes that hold data are protected (default: true outside development).
   */
  protection: boolean;
  /**
   * self: the user who runs may pass --approve; ask: every change set is approved by hand.
   */
  approval: "self" | "ask";
}
export interface CloudTarget {
  kind: "sandbox" | "aws" | "aws-endpoint";
  region: string;
  /**
   * 000000000000 for the sandbox.
   */
  account: string;
  endpoint?: string;
  profile?: string;
  /**
   * A role to assume.
   */
  roleArn?: string;
  /**
   * Asked for by the role's trust policy.
   */
  externalId?: string;
  sessionName?: string;
  sessionTags?: {
    [k: string]: string;
  };
}
export interface Tags {
  [k: string]: string;
}
/**
 * What the server tells every open page: stored first, then streamed; id counts up and can be replayed from.
 */
export interface PlumblineEvent {
  id: number;
  at: string;
  project: string;
  environment: string;
  type: "revision" | "operations" | "run" | "step" | "log" | "artifact" | "environment";
  run?: string;
  revision?: number;
  operations?: OperationsEvent;
  runState?: RunHead;
  step?: Step;
  line?: LogLine;
  artifact?: Artifact;
}
/**
 * A batch of operations as it was taken.
 */
export interface OperationsEvent {
  sequence: number;
  client: string;
  batch: number;
  operations: Operation[];
}
/**
 * The smallest edit of an environment's document: sets the value at a path, or takes it away where there is no value. The value is any JSON. The server puts operations in order; every client applies them in that order.
 */
export interface Operation {
  /**
   * Collection (nodes, connections, positions, groups, members, notes), record id, and the keys inside the record. A grant is a key below grants, with the value true.
   *
   * @minItems 2
   * @maxItems 40
   */
  path: [string, string, ...string[]];
  value?: unknown;
  /**
   * The record is new: another one with this id is not to be overwritten.
   */
  create?: true;
}
/**
 * A run without its steps.
 */
export interface RunHead {
  id: string;
  number: number;
  kind: RunKind;
  status: RunStatus;
  revision: number;
  by: string;
  createdAt: string;
  endedAt?: string;
  totals: ChangeTotals;
  needs: Need[];
  error?: RunError;
  step?: StepHead;
}
export interface ChangeTotals {
  create: number;
  change: number;
  replace: number;
  delete: number;
}
export interface Need {
  /**
   * approval: say yes to the change set; name: type the node's name, data would be lost.
   */
  kind: "approval" | "name";
  /**
   * Node id; empty for the run as a whole.
   */
  node: string;
  name?: string;
  reason: string;
  loses?: string;
  stays?: string[];
}
export interface RunError {
  code: string;
  /**
   * Our sentence.
   */
  message: string;
  /**
   * The provider's own words.
   */
  detail?: string;
  /**
   * Resource address that it concerns.
   */
  address?: string;
  /**
   * Whether a resume can help without a change.
   */
  retry: boolean;
  /**
   * What to do.
   */
  hint?: string;
}
/**
 * What a run did to the node that its runs were asked for.
 */
export interface StepHead {
  id: string;
  action: "apply" | "destroy";
  status: StepStatus;
  /**
   * Why it was skipped or is blocked, or what failed.
   */
  reason?: string;
  totals: ChangeTotals;
  /**
   * Whether the changes were made; false: they were planned only.
   */
  isApplied: boolean;
  startedAt?: string;
  endedAt?: string;
}
export interface Step {
  /**
   * Node id for an apply, ~node for a destroy.
   */
  id: string;
  node: string;
  name: string;
  module: string;
  action: "apply" | "destroy";
  wave: number;
  dependsOn: string[];
  status: StepStatus;
  /**
   * Why it was skipped or is blocked.
   */
  reason?: string;
  totals: ChangeTotals;
  changes: ResourceChange[];
  /**
   * connection.field values that upstream did not know at plan time.
   */
  unknownInputs?: string[];
  phases: Phase[];
  startedAt?: string;
  endedAt?: string;
  error?: RunError;
}
export interface ResourceChange {
  address: string;
  type: string;
  action: ChangeAction;
  reason?: string;
  attributes: AttributeChange[];
}
/**
 * One leaf value. before and after are absent where they are sensitive, unknown or not set.
 */
export interface AttributeChange {
  path: string;
  before?: unknown;
  after?: unknown;
  unknown?: boolean;
  sensitive?: boolean;
  replaces?: boolean;
}
export interface Phase {
  name: PhaseName;
  status: PhaseStatus;
  startedAt: string;
  endedAt?: string;
  note?: string;
}
export interface LogLine {
  id: number;
  at: string;
  run: string;
  /**
   * Step id; empty for the run itself.
   */
  step: string;
  phase: string;
  level: "info" | "warn" | "error";
  text: string;
}
/**
 * One environment's boxes and lines: nodes and connections, no pixels. Canonical form: sorted keys, sorted ids, two-space indent, final newline.
 */
export interface Graph {
  /**
   * For editors; dropped by the canonical form.
   */
  $schema?: string;
  schemaVersion: 1;
  /**
   * @maxItems 10000
   */
  nodes: GraphNode[];
  /**
   * @maxItems 40000
   */
  connections: Connection[];
}
/**
 * A module placed on the graph.
 */
export interface GraphNode {
  /**
   * Immutable; physical names derive from it.
   */
  id: string;
  /**
   * A label; renaming changes nothing that is deployed.
   */
  name: string;
  module: string;
  /**
   * A semver range of module versions, such as ^1.0.0.
   */
  version: string;
  preset?: string;
  /**
   * What the user sets, over preset and defaults.
   */
  params?: {
    [k: string]: unknown;
  };
}
/**
 * A line from an output port to an input port, with the grants that it carries.
 */
export interface Connection {
  /**
   * Immutable; physical names derive from it.
   */
  id: string;
  from: PortRef;
  to: PortRef;
  /**
   * @maxItems 20
   */
  grants: string[];
  /**
   * Prefix of the variables that a workload receives; fixed when the line is drawn.
   */
  envPrefix?: string;
}
export interface PortRef {
  /**
   * Immutable; physical names derive from it.
   */
  node: string;
  port: string;
}
/**
 * One thing that is wrong with a graph, as data.
 */
export interface Issue {
  code: string;
  /**
   * JSON Pointer into the graph.
   */
  path: string;
  node?: string;
  connection?: string;
  /**
   * The input of the node that lacks a line.
   */
  port?: string;
  message: string;
  got: string;
  expected: string;
  fix: string;
  /**
   * save: the graph cannot be stored; plan: it can be kept as a draft; nothing: advice.
   */
  blocks: "save" | "plan" | "nothing";
}
/**
 * How a graph lies on the canvas: where the boxes stand, in pixels, by node id; groups of boxes; sticky notes.
 */
export interface Layout {
  schemaVersion: 1;
  nodes: {
    [k: string]: Position;
  };
  /**
   * By group id.
   */
  groups?: {
    [k: string]: Group;
  };
  /**
   * Group id by node id: a box is in one group at most.
   */
  members?: {
    /**
     * Immutable; physical names derive from it.
     */
    [k: string]: string;
  };
  /**
   * By note id.
   */
  notes?: {
    [k: string]: Note;
  };
}
export interface Position {
  x: number;
  y: number;
}
/**
 * A frame around boxes; collapsed, it is one box with their ports summed.
 */
export interface Group {
  title: string;
  color: LayoutColor;
  collapsed?: boolean;
}
/**
 * A sticky note on the canvas.
 */
export interface Note {
  text: string;
  color: LayoutColor;
  x: number;
  y: number;
  width: number;
  height: number;
}
/**
 * What a published module is: its form, its ports, its presets. The file module.json in the module's folder.
 */
export interface ModuleManifest {
  schemaVersion: 1;
  id: string;
  version: string;
  title: string;
  summary: string;
  category: "Network" | "Compute" | "Data" | "Messaging" | "Storage" | "Identity" | "Observability";
  family: Family;
  tier: "official" | "verified" | "private";
  implementation: "cdktf" | "terraform";
  /**
   * Owns an identity that grants attach to, and receives variables.
   */
  workload?: boolean;
  /**
   * What the module adds to the node's physical name for further resources (dead-letters), so that no other node takes that name.
   */
  nameSuffixes?: string[];
  holdsData?: HoldsData;
  /**
   * JSON Schema 2020-12 (object) with the annotations immutable, unit, risk, cost, secret on properties.
   */
  params: {
    [k: string]: unknown;
  };
  /**
   * Form hints: ui:order, ui:widget, ui:help, ui:placeholder.
   */
  ui?: {
    [k: string]: unknown;
  };
  inputs: {
    [k: string]: InputPort;
  };
  outputs: {
    [k: string]: OutputPort;
  };
  presets: {
    [k: string]: Preset;
  };
}
/**
 * Set on modules that hold data: protected by default outside development.
 */
export interface HoldsData {
  /**
   * What is lost when the node is destroyed.
   */
  loses: string;
  /**
   * What deliberately stays after a destroy (final snapshot, recovery window).
   */
  stays: string[];
  /**
   * Resource types that hold the data; absent = any deletion in the node counts.
   */
  resources?: string[];
}
export interface InputPort {
  title: string;
  summary?: string;
  /**
   * name@range, such as aws-queue@^1.0.0.
   */
  contract: string;
  cardinality: "one" | "optional" | "many";
  grants?: PortGrants;
  resourcePolicy?: ResourcePolicyPort;
}
export interface PortGrants {
  /**
   * Grants that a line to this port must carry.
   */
  required?: string[];
  /**
   * The only grants that make sense here; absent = all that the contract offers.
   */
  offered?: string[];
  /**
   * Grants of a new line; absent = required, else the contract's least.
   */
  default?: string[];
}
/**
 * For a consumer with no identity: the grant becomes a statement in the consumer's own resource policy that lets the producer's service do these actions on the resource behind this output port.
 */
export interface ResourcePolicyPort {
  /**
   * @minItems 1
   */
  actions: [string, ...string[]];
  output: string;
}
export interface OutputPort {
  title: string;
  summary?: string;
  /**
   * name@version, such as aws-queue@1.0.0.
   */
  contract: string;
}
/**
 * A named partial set of params: a JSON merge patch (RFC 7396) over the defaults.
 */
export interface Preset {
  title: string;
  summary: string;
  classes?: ("development" | "staging" | "production" | "preview")[];
  params: {
    [k: string]: unknown;
  };
}
/**
 * Plan, approve, apply (or destroy) of one revision of an environment, as one tree: wave, step (node), phase.
 */
export interface Run {
  id: string;
  /**
   * Counts up within the environment.
   */
  number: number;
  project: string;
  environment: string;
  kind: RunKind;
  status: RunStatus;
  revision: number;
  only: string[];
  refresh: boolean;
  by: string;
  /**
   * Its user said yes beforehand: each step is planned and applied in one go.
   */
  preapproved?: boolean;
  /**
   * Names typed by the user: the data of these nodes may be lost.
   */
  confirmed?: string[];
  createdAt: string;
  endedAt?: string;
  totals: ChangeTotals;
  /**
   * Step ids, in order.
   */
  waves: string[][];
  steps: Step[];
  /**
   * What must be said before the run may go on.
   */
  needs: Need[];
  approvedBy?: string;
  approvedAt?: string;
  error?: RunError;
}
export interface ModuleDetail {
  manifest: ModuleManifest;
  /**
   * Markdown.
   */
  runbook: string;
  /**
   * SVG text, currentColor.
   */
  icon: string;
}
export interface ContractDetail {
  name: string;
  version: string;
  document: ContractDocument;
}
export interface CheckRequest {
  /**
   * The graph file's text.
   */
  text: string;
}
export interface CheckResult {
  issues: Issue[];
}
export interface Project {
  name: string;
  createdAt: string;
  environments: EnvironmentSummary[];
}
export interface EnvironmentSummary {
  document: EnvironmentDocument;
  revision: number;
  createdAt: string;
  nodes: number;
  lastRun?: RunHead;
}
export interface ProjectCreate {
  name: string;
}
export interface EnvironmentCreate {
  name: string;
  class: EnvironmentClass;
  target: {
    kind: "sandbox" | "aws" | "aws-endpoint";
    region?: string;
    account?: string;
    endpoint?: string;
    profile?: string;
    roleArn?: string;
    externalId?: string;
    sessionName?: string;
    sessionTags?: {
      [k: string]: string;
    };
  };
  engine?: EngineKind;
  tags?: {
    [k: string]: string;
  };
  protection?: boolean;
  approval?: "self" | "ask";
}
/**
 * Values of a node's outputs that its settings alone decide, by port and field.
 */
export interface DeclaredOutputs {
  [k: string]: {
    [k: string]: unknown;
  };
}
/**
 * What may be changed of an environment; what is left out stays.
 */
export interface EnvironmentChange {
  tags?: Tags;
  protection?: boolean;
  approval?: "self" | "ask";
}
/**
 * Who the cloud says that we are in an environment.
 */
export interface CloudIdentity {
  account: string;
  arn: string;
  region: string;
  /**
   * The account that the environment was made for.
   */
  expected: string;
}
export interface EngineChoice {
  engine: EngineKind;
}
/**
 * What a switch of engines did.
 */
export interface EngineSwitched {
  from: EngineKind;
  to: EngineKind;
  /**
   * Those in whose state the address of a provider was rewritten.
   */
  nodes: string[];
}
/**
 * What is known of a deployed node.
 */
export interface NodeRuntime {
  node: string;
  /**
   * removed: still deployed, no longer in the graph.
   */
  status: "live" | "failed" | "removed";
  run?: string;
  at?: string;
  name?: string;
  module?: string;
  /**
   * Ids of the connections that were applied with it.
   */
  connections?: string[];
}
/**
 * Everything that a page needs to open an environment.
 */
export interface EnvironmentState {
  environment: EnvironmentDocument;
  revision: number;
  /**
   * How many batches of operations this graph and layout hold.
   */
  sequence: number;
  graph: Graph;
  layout: Layout;
  issues: Issue[];
  runtime: NodeRuntime[];
  artifacts: Artifact[];
  run?: Run;
  lastEvent: number;
}
/**
 * Edits of one gesture: all of them are taken, or none.
 */
export interface OperationBatch {
  /**
   * One open page.
   */
  client: string;
  /**
   * Counts the client's batches: one that is sent again is taken once.
   */
  batch: number;
  /**
   * @minItems 1
   * @maxItems 60000
   */
  operations: [Operation, ...Operation[]];
}
export interface OperationsTaken {
  /**
   * The place of this batch in the order.
   */
  sequence: number;
  /**
   * As they were stored, where that differs: secrets sealed.
   */
  operations?: Operation[];
  issues: Issue[];
}
/**
 * Where somebody is on the canvas; nothing of it is stored.
 */
export interface Presence {
  client: string;
  name: string;
  cursor?: Position;
  /**
   * @maxItems 1000
   */
  nodes: string[];
  /**
   * @maxItems 1000
   */
  connections: string[];
  /**
   * The page was closed.
   */
  left?: true;
}
export interface GraphSave {
  /**
   * The revision that this edit was made on; 0 = the first.
   */
  base: number;
  /**
   * strict (files): any issue that blocks a plan refuses the save.
   */
  mode: "draft" | "strict";
  graph?: Graph;
  /**
   * Instead of graph: the file's text, so that every issue of the text itself is reported.
   */
  text?: string;
  layout?: Layout;
}
export interface GraphSaved {
  revision: number;
  changed: boolean;
  issues: Issue[];
  graph?: Graph;
}
export interface GraphConflict {
  base: number;
  current: number;
  baseGraph?: Graph;
  currentGraph: Graph;
}
export interface RunCreate {
  kind: RunKind;
  only?: string[];
  refresh?: boolean;
  approve?: boolean;
  /**
   * Names of nodes whose data may be lost.
   */
  confirm?: string[];
}
export interface RunApprove {
  confirm?: string[];
}
export interface PolicyStatement {
  /**
   * Empty for the module's own baseline statements.
   */
  connection: string;
  grant: string;
  identity: "workload" | "injector" | "resource";
  effect: "Allow";
  actions: string[];
  resources: string[];
  conditions?: {
    [k: string]: unknown;
  };
  principal?: string;
  reason?: string;
}
export interface EffectivePolicy {
  node: string;
  statements: PolicyStatement[];
  applied: Applied;
}
export interface AppliedPolicy {
  address: string;
  role: string;
  name: string;
  document: unknown;
}
/**
 * What the role that deploys an environment needs of AWS: read to plan, read and write to apply.
 */
export interface DeployPermissions {
  project: string;
  environment: string;
  /**
   * sandbox needs none: it is what AWS would need.
   */
  target: "sandbox" | "aws" | "aws-endpoint";
  read: IamPolicyDocument[];
  write: IamPolicyDocument[];
  /**
   * Actions that neither a name nor a tag of the environment binds.
   */
  unbounded: UnboundedAction[];
  /**
   * Resource types whose permissions are not known: a module of your own.
   */
  unlisted: string[];
  /**
   * Why AWS would not take all documents as they are.
   */
  problem?: string;
}
export interface IamPolicyDocument {
  Version: "2012-10-17";
  Statement: IamStatement[];
}
export interface IamStatement {
  Effect: "Allow";
  Action: string[];
  Resource: string[];
  Condition?: {
    [k: string]: {
      [k: string]: string[];
    };
  };
}
export interface UnboundedAction {
  action: string;
  why: string;
}
export interface InjectedVariable {
  name: string;
  /**
   * Absent while it is not known.
   */
  value?: string;
  secret: boolean;
  reference?: string;
}
export interface ConnectionDetail {
  connection: Connection;
  contract: ContractDetail;
  statements: PolicyStatement[];
  applied: Applied;
  variables: InjectedVariable[];
  network: OpenedPort[];
  artifact?: Artifact;
  live: boolean;
}
export interface OpenedPort {
  title: string;
  port: string;
  protocol: string;
}
export interface SynthOutput {
  files: {
    [k: string]: string;
  };
}
export interface SandboxObject {
  type: string;
  id: string;
  owner: string;
  /**
   * Sensitive ones are shown as [secret]; only when one object is asked for.
   */
  attributes?: {
    [k: string]: unknown;
  };
  createdAt: string;
  updatedAt: string;
}
export interface SandboxFault {
  id: string;
  kind: "denied" | "throttled" | "quota" | "timeout";
  type: string;
  operation: "create" | "read" | "update" | "delete" | "*";
  nth?: number;
  node?: string;
}
export interface SandboxFaultCreate {
  kind: "denied" | "throttled" | "quota" | "timeout";
  type?: string;
  operation?: "create" | "read" | "update" | "delete" | "*";
  nth?: number;
  node?: string;
}
export interface AuditEntry {
  id: number;
  at: string;
  who: string;
  what: string;
  project: string;
  environment?: string;
  before?: unknown;
  after?: unknown;
}
export interface Health {
  status: "ok" | "degraded";
  version: string;
  /**
   * Version of Node.
   */
  node: string;
  database: DatabaseInfo;
  provider: ProviderInfo;
  engines: EngineInfo[];
  masterKey: MasterKeyInfo;
  /**
   * Whether an access token is asked for.
   */
  token: boolean;
  problem?: string;
}
export interface DatabaseInfo {
  answers: boolean;
  /**
   * Version of SQLite.
   */
  version?: string;
}
/**
 * Where engines get the AWS provider for targets beyond the sandbox.
 */
export interface ProviderInfo {
  source: "registry" | "mirror";
  /**
   * What the mirror has.
   */
  versions?: string[];
}
export interface EngineInfo {
  kind: EngineKind;
  version: string;
}
export interface MasterKeyInfo {
  source: "environment" | "file" | "embedded";
  note: string;
}
/**
 * Every answer past 399.
 */
export interface ApiError {
  code: string;
  message: string;
  got?: string;
  expected?: string;
  fix?: string;
  path?: string;
  requestId: string;
  retry?: boolean;
  detail?: string;
  issues?: Issue[];
  conflict?: GraphConflict;
}
