import type { Connection } from '../../../schemas/generated/types.ts';
import { type Catalog, splitContractRef } from '../../../schemas/rules/catalog.ts';
import { type Folding, type FoldingSource, foldGraph, UNFOLDED } from './folding.ts';

/** Folds a document, whose lines carry the contracts that its modules say. */
export function foldDocument(catalog: Catalog, source: FoldingSource, openGroup: string | undefined): Folding {
  if (Object.keys(source.groups).length === 0) return UNFOLDED;
  const contractOf = (line: Connection) => {
    const producer = source.nodes[line.from.node];
    const manifest = producer && catalog.findModule(producer.module, producer.version);
    return splitContractRef(manifest?.outputs[line.from.port]?.contract ?? line.from.port).name;
  };
  return foldGraph(source, contractOf, openGroup);
}
