import { Modal } from '@mantine/core';
import type { Health } from '../../schemas/generated/types.ts';
import { ENGINE_NAME } from '../../schemas/rules/engines.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Notice } from '../ui/Notice.tsx';
import { Quiet } from '../ui/Section.tsx';
import { useFetched } from '../ui/use-fetched.ts';

/** What the server works with, asked when the dialog opens. */
export function HealthDialog() {
  const { session } = useWorkspace();
  const isOpen = useSession((state) => state.dialog === 'health');
  return (
    <Modal
      opened={isOpen}
      onClose={() => session.setState({ dialog: undefined })}
      title="Health of the server"
      size={460}
    >
      <Asked />
    </Modal>
  );
}

function Asked() {
  const { api } = useWorkspace();
  const { data, problem } = useFetched('health', '', api.health);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!data) return <Quiet>Asking the server.</Quiet>;
  return (
    <div className="dialog-form">
      {data.problem ? (
        <Notice tone="bad">{data.problem}</Notice>
      ) : (
        <Notice tone="ok">The server can do its work.</Notice>
      )}
      <dl className="values">
        {rowsOf(data).map(([name, value]) => (
          <div key={name}>
            <dt className="plain">{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const KEY_WORDS: Record<Health['masterKey']['source'], string> = {
  environment: 'from the environment',
  file: 'from a file of the operator',
  embedded: 'beside the data',
};

function rowsOf({ version, node, database, engines, provider, masterKey, token }: Health): [string, string][] {
  const versions = provider.versions?.join(', ') || 'nothing';
  return [
    ['Plumbline', version],
    ['Node', node],
    ['Database', database.answers ? `SQLite ${database.version}` : 'does not answer'],
    ['Engines', engines.map((engine) => `${ENGINE_NAME[engine.kind]} ${engine.version}`).join(', ') || 'none'],
    ['AWS provider', provider.source === 'mirror' ? `${versions}, from the mirror` : "from the engine's registry"],
    ['Key that seals secrets', KEY_WORDS[masterKey.source]],
    ['Access token', token ? 'asked for' : 'not asked for, this machine only'],
  ];
}
