import { TextInput } from '@mantine/core';
import type { Connection } from '../../../schemas/generated/types.ts';
import { envPrefixOf } from '../../../schemas/rules/resolve-env-variables.ts';
import { setConnection } from '../../actions/edit.ts';
import { isLineLive } from '../../stores/run-view.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { useDraft } from '../../ui/use-draft.ts';
import { prefixProblem, variablesOf } from './prefix-problem.ts';

/** What the names of a line's variables begin with; says beforehand what a change means for the workload. */
export function PrefixField({ line }: { line: Connection }) {
  const workspace = useWorkspace();
  const { catalog } = workspace.library;
  const current = line.envPrefix ?? envPrefixOf(line.from.node);
  const problemOf = (prefix: string) => prefixProblem(catalog, workspace.document.content(), line, prefix);
  const { text, type, keep, drop } = useDraft(current, (prefix) => {
    if (problemOf(prefix)) return false;
    if (prefix !== current) setConnection(workspace, line.id, { envPrefix: prefix }, 'change prefix');
    return true;
  });
  const consumer = useDocument((state) => state.nodes[line.to.node]?.name);
  const isLive = useRun((state) => isLineLive(line, state.runtime[line.to.node]));
  const problem = problemOf(text);
  const isChanged = text !== current;
  const first = (prefix: string) => variablesOf(catalog, workspace.document.content(), line, prefix)[0];
  return (
    <>
      <TextInput
        className="prefix-field"
        label="Prefix"
        value={text}
        error={problem}
        onChange={(event) => type(event.currentTarget.value.toUpperCase())}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') drop();
        }}
      />
      {isChanged && !problem && (
        <p className="prefix-note">
          {consumer} then finds <code>{first(text)}</code> in place of <code>{first(current)}</code>
          {isLive ? ' from the next apply on: its code must read the new name.' : '.'}
        </p>
      )}
    </>
  );
}
