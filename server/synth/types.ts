// What synth takes and gives.
import type { RootVariable } from '../../modules/construct/root-builder.ts';
import type { Connection, EnvironmentDocument } from '../../schemas/generated/types.ts';

/** One incoming connection of a node. */
export interface SynthInput {
  connection: Connection;
  /** The contract of the producer's output port, as name@version. */
  contract: string;
  /** Input port of the node. */
  port: string;
  producer: { node: string; name: string };
  /** Field paths, such as `arn` or `adminSecret.arn`, that upstream does not know yet; in a plan only. */
  unknown: string[];
  /** Optional fields of the contract that the producer leaves out of its output. */
  absent?: string[];
}

/** One node to compile, with resolved params. */
export interface SynthRequest {
  environment: EnvironmentDocument;
  node: { id: string; name: string; module: string; version: string; params: Record<string, unknown> };
  inputs: SynthInput[];
  protected: boolean;
}

export interface SynthResult {
  node: string;
  /** Terraform JSON, canonical: the same request gives the same bytes. */
  root: Record<string, unknown>;
  variables: RootVariable[];
  /** Provider resource types in the root, sorted. */
  resourceTypes: string[];
  /** sha256 of the root, hexadecimal. */
  digest: string;
}

/** Folders beside the built-in catalogue, such as fixtures of a test. A stack there is `<id>/stack.ts`. */
export interface SynthFolders {
  modulesDir?: string | readonly string[];
  contractsDir?: string | readonly string[];
}
