import type { Connection } from '../../../schemas/generated/types.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';

/** The contract that a line carries (as its producer publishes it), and the port that takes it. */
export function useLineContract(line: Connection) {
  const { catalog } = useWorkspace().library;
  const from = useDocument((state) => state.nodes[line.from.node]);
  const to = useDocument((state) => state.nodes[line.to.node]);
  const producer = from && catalog.findModule(from.module, from.version);
  const manifest = to && catalog.findModule(to.module, to.version);
  const output = producer?.outputs[line.from.port];
  return {
    contract: output && catalog.findContract(output.contract),
    manifest,
    port: manifest?.inputs[line.to.port],
  };
}
