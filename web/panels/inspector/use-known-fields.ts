import type { Artifact, ContractDocument } from '../../../schemas/generated/types.ts';
import { environmentFields } from '../../../schemas/rules/environment-fields.ts';
import { artifactKey } from '../../stores/run.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { useFetched } from '../../ui/use-fetched.ts';
import { useSavedKey } from './use-saved-key.ts';

export interface KnownFields {
  artifact?: Artifact;
  /** What was published, else what environment and settings alone decide. */
  values: Readonly<Record<string, unknown>>;
}

/** What is known of an output of a box now, applied or not. */
export function useKnownFields(node: string, port: string, contract: ContractDocument | undefined): KnownFields {
  const workspace = useWorkspace();
  const artifact = useRun((state) => state.artifacts[artifactKey(node, port)]);
  const target = useRun((state) => state.environment.target);
  const savedKey = useSavedKey();
  const isAsked = artifact === undefined && contract !== undefined;
  // What does not compile yet declares nothing: its issues are told elsewhere.
  const { data } = useFetched(node, isAsked ? savedKey : '', async () => {
    if (!isAsked) return {};
    await workspace.sync.flush();
    return workspace.environment.outputs(node);
  });
  if (artifact) return { artifact, values: artifact.value };
  return { values: { ...data?.[port], ...(contract && environmentFields(contract, target)) } };
}
