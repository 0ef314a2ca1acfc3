import { Checkbox, Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Connection, GraphNode } from '../../../schemas/generated/types.ts';
import { contractName, contractVersion } from '../../../schemas/rules/catalog.ts';
import { offeredGrants } from '../../../schemas/rules/port-grants.ts';
import { setConnection } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { useLineContract } from './use-line-contract.ts';

export function ConnectionGrants({ line, consumer }: { line: Connection; consumer: GraphNode }) {
  const workspace = useWorkspace();
  const { contract, manifest, port } = useLineContract(line);
  if (!contract || !manifest || !port) return null;
  const offered = offeredGrants(manifest, port, contract);
  const required = port.grants?.required ?? [];
  const version = `${contractName(contract)} ${contractVersion(contract)}`;
  const shown = [...offered, ...line.grants.filter((grant) => !offered.includes(grant))];

  const toggle = (grant: string, isOn: boolean) => {
    const grants = isOn ? [...line.grants, grant] : line.grants.filter((other) => other !== grant);
    const ordered = shown.filter((name) => grants.includes(name));
    setConnection(workspace, line.id, { grants: ordered }, isOn ? `grant ${grant}` : `take back ${grant}`);
  };

  return (
    <Section title={`What ${consumer.name} may do`} aside={version}>
      {shown.length === 0 && <Quiet>This line carries values only. It gives no permission.</Quiet>}
      {shown.map((name) => {
        const grant = contract.grants[name];
        const isRequired = required.includes(name) && line.grants.includes(name);
        return (
          <div className="grant" key={name}>
            <Checkbox
              id={`grant-${name}`}
              checked={line.grants.includes(name)}
              disabled={isRequired}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
              aria-describedby={`grant-${name}-says`}
            />
            <label htmlFor={`grant-${name}`}>
              <strong>{name}</strong>
              <span id={`grant-${name}-says`}>{grant ? grant.title : 'The contract does not offer this grant.'}</span>
            </label>
            {grant?.risk && (
              <Tooltip label={grant.risk} multiline w={240}>
                <span className="grant-risk" tabIndex={0} role="note" aria-label={`Risky: ${grant.risk}`}>
                  <IconAlertTriangle size={13} stroke={1.75} aria-hidden /> risky
                </span>
              </Tooltip>
            )}
            {isRequired && <span className="grant-needed">needed</span>}
          </div>
        );
      })}
    </Section>
  );
}
