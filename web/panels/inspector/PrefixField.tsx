import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Connection } from '../../../schemas/generated/types.ts';
import { envPrefixOf } from '../../../schemas/rules/resolve-env-variables.ts';
import { setConnection } from '../../actions/edit.ts';
import { isLineLive } from '../../stores/run-view.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { prefixProblem, variablesOf } from './prefix-problem.ts';

/** What the names of a line's variables begin with; says beforehand what a change means for the workload. */
export function PrefixField({ line }: { line: Connection }) {
  const workspace = useWorkspace();
  const { catalog } = workspace.library;
  const current = line.envPrefix ?? envPrefixOf(line.from.node);
  const [text, setText] = useState(current);
  const consumer = useDocument((state) => state.nodes[line.to.node]?.name);
  const isLive = useRun((state) => isLineLive(line, state.runtime[line.to.node]));
  const problem = prefixProblem(catalog, workspace.document.content(), line, text);
  const isChanged = text !== current;
  const commit = () => {
    if (!problem && isChanged) setConnection(workspace, line.id, { envPrefix: text }, 'change prefix');
  };
  const first = (prefix: string) => variablesOf(catalog, workspace.document.content(), line, prefix)[0];
  return (
    <>
      <TextInput
        className="prefix-field"
        label="Prefix"
        value={text}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value.toUpperCase())}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setText(current);
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
