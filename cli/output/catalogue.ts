import type { ContractDetail, ModuleDetail } from '../../schemas/generated/types.ts';
import { paint, plain, type Terminal } from '../terminal.ts';
import { printPairs, printTable } from './table.ts';

interface ParamSchema {
  type?: string | string[];
  enum?: unknown[];
  default?: unknown;
  title?: string;
  description?: string;
}

function heading(terminal: Terminal, text: string): void {
  terminal.out('');
  terminal.out(paint(terminal, 'bold', text));
}

const kindOf = (schema: ParamSchema) =>
  schema.enum ? schema.enum.join(' | ') : [schema.type ?? ''].flat().join(' | ');

/** Prints a module: what it is, its params, ports, presets and runbook. */
export function printModule(terminal: Terminal, { manifest, runbook }: ModuleDetail): void {
  printPairs(terminal, {
    module: `${manifest.id}@${manifest.version}`,
    title: manifest.title,
    summary: manifest.summary,
    category: manifest.category,
    tier: manifest.tier,
    data: manifest.holdsData && `lost when destroyed: ${manifest.holdsData.loses}`,
  });
  const params = Object.entries((manifest.params.properties ?? {}) as Record<string, ParamSchema>);
  if (params.length > 0) {
    heading(terminal, 'Params');
    printTable(terminal, params, {
      PARAM: ([name]) => name,
      TYPE: ([, schema]) => kindOf(schema),
      DEFAULT: ([, schema]) => (schema.default === undefined ? '' : JSON.stringify(schema.default)),
      MEANS: ([, schema]) => schema.title ?? schema.description ?? '',
    });
  }
  const ports = [
    ...Object.entries(manifest.inputs).map(([name, port]) => ({
      way: 'in',
      name,
      contract: port.contract,
      takes: port.cardinality,
      title: port.title,
    })),
    ...Object.entries(manifest.outputs).map(([name, port]) => ({
      way: 'out',
      name,
      contract: port.contract,
      takes: '',
      title: port.title,
    })),
  ];
  heading(terminal, 'Ports');
  printTable(terminal, ports, {
    WAY: (port) => port.way,
    PORT: (port) => port.name,
    CONTRACT: (port) => port.contract,
    TAKES: (port) => port.takes,
    MEANS: (port) => port.title,
  });
  heading(terminal, 'Presets');
  printTable(terminal, Object.entries(manifest.presets), {
    PRESET: ([name]) => name,
    MEANS: ([, preset]) => preset.summary,
  });
  if (runbook) {
    heading(terminal, 'Runbook');
    terminal.out(plain(runbook).trimEnd());
  }
}

/** Prints a contract: its fields, grants and variables. */
export function printContract(terminal: Terminal, { name, version, document }: ContractDetail): void {
  printPairs(terminal, {
    contract: `${name}@${version}`,
    title: document.title,
    summary: document.summary,
    family: document.family,
  });
  heading(terminal, 'Fields');
  printTable(terminal, Object.entries(document.properties), {
    FIELD: ([field]) => field,
    TYPE: ([, schema]) => String(schema.type ?? ''),
    KNOWN: ([, schema]) => schema.known ?? '',
    MEANS: ([, schema]) => schema.title ?? '',
  });
  const grants = Object.entries(document.grants).sort(([, a], [, b]) => a.rank - b.rank);
  if (grants.length > 0) {
    heading(terminal, 'Grants');
    printTable(terminal, grants, {
      GRANT: ([grant]) => grant,
      ALLOWS: ([, grant]) => grant.statements.flatMap((statement) => statement.actions).join(', '),
      MEANS: ([, grant]) => (grant.risk ? `${grant.title} (risk: ${grant.risk})` : grant.title),
    });
  }
  const variables = Object.keys(document.env);
  if (variables.length > 0) {
    heading(terminal, 'Variables');
    terminal.out(variables.map((variable) => `<PREFIX>_${variable}`).join(', '));
  }
}
