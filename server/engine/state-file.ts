// Reads a Terraform state file (version 4): outputs, resources, and which of two is newer.
export interface StateView {
  lineage: string;
  serial: number;
  outputs: Record<string, { value: unknown; sensitive: boolean }>;
  /** Managed resources, in order of address. */
  resources: { address: string; type: string }[];
}

interface StateInstance {
  index_key?: string | number;
}

interface StateResource {
  provider?: string;
  module?: string;
  mode?: string;
  type?: string;
  name?: string;
  instances?: StateInstance[];
}

interface StateJson {
  version?: number;
  lineage?: string;
  serial?: number;
  outputs?: Record<string, { value?: unknown; sensitive?: boolean }>;
  resources?: StateResource[];
}

function parse(state: Buffer): StateJson {
  const json = JSON.parse(state.toString('utf8')) as StateJson | null;
  if (json?.version !== 4 || typeof json.serial !== 'number' || typeof json.lineage !== 'string') {
    throw new Error(
      `A Terraform state of version 4 was expected, with lineage and serial; got version ${json?.version}.`,
    );
  }
  return json;
}

function addresses(resource: StateResource): { address: string; type: string }[] {
  const { module, type = '', name = '', instances = [] } = resource;
  const base = `${module ? `${module}.` : ''}${type}.${name}`;
  return instances.map(({ index_key: key }) => ({
    address: key === undefined ? base : `${base}[${JSON.stringify(key)}]`,
    type,
  }));
}

/** Parses a state; secrets among the outputs are in clear. @throws Error where it is not a version 4 state. */
export function readState(state: Buffer): StateView {
  const { lineage = '', serial = 0, outputs = {}, resources = [] } = parse(state);
  return {
    lineage,
    serial,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, o]) => [name, { value: o.value, sensitive: o.sensitive === true }]),
    ),
    resources: resources
      .filter(({ mode }) => mode === 'managed')
      .flatMap(addresses)
      .sort((a, b) => (a.address < b.address ? -1 : 1)),
  };
}

/** Whether a state that was left behind may take the place of the stored one: same lineage and a higher serial, or nothing stored. */
export function isNewerState(candidate: Buffer, stored: Buffer | undefined): boolean {
  if (stored === undefined) return true;
  const [mine, theirs] = [parse(candidate), parse(stored)];
  return mine.lineage === theirs.lineage && (mine.serial ?? 0) > (theirs.serial ?? 0);
}

const PROVIDER_ADDRESS = /provider\["([^"]+)"\]/;

/** Addresses of the providers that a state's resources belong to, such as `registry.terraform.io/hashicorp/aws`; each once. */
export function readProviders(state: Buffer): string[] {
  const found = (parse(state).resources ?? []).map(({ provider = '' }) => PROVIDER_ADDRESS.exec(provider)?.[1]);
  return [...new Set(found.filter((address) => address !== undefined))].sort();
}
