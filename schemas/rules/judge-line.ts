// Whether two ports fit: the part of the law that can-connect and check-graph share.
import { satisfies } from 'semver';
import type { ContractDocument, InputPort, ModuleManifest, OutputPort } from '../generated/types.ts';
import { type Catalog, splitContractRef } from './catalog.ts';
import { type IssueCode, listNames } from './issues.ts';

export interface LineEnd {
  /** Names the node in messages. */
  node: string;
  manifest: ModuleManifest;
  port: string;
}

export interface FittingLine {
  ok: true;
  contract: ContractDocument;
  output: OutputPort;
  input: InputPort;
}

export interface Misfit {
  ok: false;
  code: IssueCode;
  /** The end of the line that is wrong. */
  end: 'from' | 'to';
  reason: string;
  got: string;
  expected: string;
  fix: string;
}

/** Judges one line by its two ports alone: they exist, run from output to input, and speak one contract. */
export function judgeLine(catalog: Catalog, from: LineEnd, to: LineEnd): FittingLine | Misfit {
  const output = own(from.manifest.outputs, from.port);
  if (!output) return noSuchPort(from, 'from');
  const input = own(to.manifest.inputs, to.port);
  if (!input) return noSuchPort(to, 'to');
  const contract = catalog.findContract(output.contract);
  const wanted = splitContractRef(input.contract);
  const offered = splitContractRef(output.contract);
  if (contract && offered.name === wanted.name && takes(input, output, offered.range, wanted.range)) {
    return { ok: true, contract, output, input };
  }
  return {
    ok: false,
    code: 'incompatible-contract',
    end: 'to',
    reason: `${from.node}.${from.port} carries ${output.contract}, but ${to.node}.${to.port} takes ${input.contract}.`,
    got: output.contract,
    expected: input.contract,
    fix:
      offered.name === wanted.name
        ? 'Use module versions whose contracts fit, or take the line away.'
        : `Draw the line from an output that carries ${wanted.name}, or take it away.`,
  };
}

/** The member of a record that is its own, so that a port called `constructor` is no port. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

// Ports are few and lines are many: parsing the same two ranges for each line took half of a whole check.
const fits = new WeakMap<InputPort, WeakMap<OutputPort, boolean>>();

function takes(input: InputPort, output: OutputPort, version: string, range: string): boolean {
  let known = fits.get(input);
  if (!known) fits.set(input, (known = new WeakMap()));
  let fit = known.get(output);
  if (fit === undefined) known.set(output, (fit = satisfies(version, range)));
  return fit;
}

function noSuchPort(end: LineEnd, side: 'from' | 'to'): Misfit {
  const [ports, others, wanted] =
    side === 'from'
      ? [end.manifest.outputs, end.manifest.inputs, 'output']
      : [end.manifest.inputs, end.manifest.outputs, 'input'];
  const expected = `one of its ${wanted}s: ${listNames(Object.keys(ports))}`;
  if (own<unknown>(others, end.port)) {
    const is = side === 'from' ? 'an input' : 'an output';
    return {
      ok: false,
      code: 'wrong-direction',
      end: side,
      reason: `A line runs from an output to an input, but ${end.node}.${end.port} is ${is}.`,
      got: end.port,
      expected,
      fix: 'Swap the two ends of the line.',
    };
  }
  return {
    ok: false,
    code: 'unknown-port',
    end: side,
    reason: `${end.manifest.title} (${end.node}) has no ${wanted} "${end.port}".`,
    got: end.port,
    expected,
    fix: `Name one of the ${wanted}s that ${end.manifest.id} ${end.manifest.version} has.`,
  };
}
