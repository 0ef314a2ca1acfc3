import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Connection, ConnectionDetail } from '../../../schemas/generated/types.ts';
import { envPrefixOf } from '../../../schemas/rules/resolve-env-variables.ts';
import { setConnection } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { Section } from '../../ui/Section.tsx';
import type { Fetched } from '../../ui/use-fetched.ts';
import { useLineContract } from './use-line-contract.ts';

const PREFIX = /^[A-Z][A-Z0-9_]{0,59}$/;

/** What the consumer finds in its environment, what is unknown until apply, and which ports open. */
export function ConnectionVariables({ line, detail }: { line: Connection; detail: Fetched<ConnectionDetail> }) {
  const { manifest } = useLineContract(line);
  const { data } = detail;
  const variables = data?.variables ?? [];
  const network = data?.network ?? [];
  return (
    <>
      {manifest?.workload && variables.length > 0 && (
        <Section title="Variables it receives">
          <dl className="values">
            {variables.map((variable) => (
              <div key={variable.name}>
                <dt>{variable.name}</dt>
                <dd title={variable.reference ?? variable.value}>
                  {variable.secret ? (
                    <em>secret, hidden</em>
                  ) : variable.value === undefined ? (
                    <em>known after apply</em>
                  ) : (
                    variable.value
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <PrefixField key={line.envPrefix} line={line} />
        </Section>
      )}
      {network.length > 0 && (
        <Section title="Network">
          <dl className="values">
            {network.map((rule) => (
              <div key={`${rule.protocol}${rule.port}${rule.title}`}>
                <dt className="plain">{rule.title}</dt>
                <dd>
                  {rule.protocol} {rule.port}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}

function PrefixField({ line }: { line: Connection }) {
  const workspace = useWorkspace();
  const current = line.envPrefix ?? envPrefixOf(line.from.node);
  const [text, setText] = useState(current);
  const isValid = PREFIX.test(text);
  const commit = () => {
    if (isValid && text !== current) setConnection(workspace, line.id, { envPrefix: text }, 'change prefix');
  };
  return (
    <TextInput
      className="prefix-field"
      label="Prefix"
      value={text}
      error={isValid ? undefined : 'Capital letters, digits and _, beginning with a letter.'}
      onChange={(event) => setText(event.currentTarget.value.toUpperCase())}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
