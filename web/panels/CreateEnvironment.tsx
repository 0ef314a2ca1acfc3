import { Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EnvironmentCreate } from '../../schemas/generated/types.ts';
import { describeFailure } from '../api/failure.ts';
import { routeTo } from '../stores/route.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Notice } from '../ui/Notice.tsx';

const CLASSES = ['development', 'staging', 'production', 'preview'] as const;
const TARGETS = [
  { value: 'sandbox', label: 'Sandbox' },
  { value: 'aws', label: 'AWS' },
  { value: 'aws-endpoint', label: 'AWS-compatible' },
];

export function CreateEnvironment({ refreshProjects }: { refreshProjects(): Promise<void> }) {
  const { session, scope } = useWorkspace();
  const isOpen = useSession((state) => state.dialog === 'create-environment');
  const close = () => session.setState({ dialog: undefined });
  return (
    <Modal opened={isOpen} onClose={close} title={`New environment of ${scope.project}`} size={480}>
      <EnvironmentForm refreshProjects={refreshProjects} onClose={close} />
    </Modal>
  );
}

function EnvironmentForm({ refreshProjects, onClose }: { refreshProjects(): Promise<void>; onClose(): void }) {
  const { api, scope } = useWorkspace();
  const [name, setName] = useState('');
  const [environmentClass, setClass] = useState<EnvironmentCreate['class']>('development');
  const [target, setTarget] = useState<EnvironmentCreate['target']>({ kind: 'sandbox' });
  const [problem, setProblem] = useState<string>();
  const field = (
    key: 'region' | 'account' | 'endpoint' | 'profile' | 'roleArn' | 'externalId',
    label: string,
    description?: string,
  ) => (
    <TextInput
      label={label}
      description={description}
      value={target[key] ?? ''}
      onChange={(event) => setTarget({ ...target, [key]: event.currentTarget.value || undefined })}
    />
  );
  const create = async () => {
    try {
      await api.createEnvironment(scope.project, { name, class: environmentClass, target });
      await refreshProjects();
      onClose();
      window.location.hash = routeTo({ project: scope.project, environment: name });
    } catch (error) {
      setProblem(describeFailure(error));
    }
  };
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <TextInput
        label="Name"
        placeholder="staging"
        value={name}
        onChange={(event) => setName(event.currentTarget.value.toLowerCase())}
        data-autofocus
      />
      <Select
        size="xs"
        label="Class"
        description="Outside development, boxes that hold data are protected."
        data={[...CLASSES]}
        value={environmentClass}
        onChange={(value) => setClass(CLASSES.find((entry) => entry === value) ?? 'development')}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Cloud target"
        data={TARGETS}
        value={target.kind}
        onChange={(kind) => setTarget({ kind: kind as EnvironmentCreate['target']['kind'] })}
      />
      {target.kind === 'sandbox' ? (
        <p className="quiet">A cloud inside this server. It needs no account and costs nothing.</p>
      ) : (
        <>
          {field('region', 'Region')}
          {field('account', 'Account')}
          {target.kind === 'aws-endpoint' && field('endpoint', 'Endpoint', 'The address that answers as AWS.')}
          {target.kind === 'aws' && field('profile', 'Profile')}
          {field('roleArn', 'Role to assume')}
          {target.roleArn && field('externalId', 'External id', 'Where the trust policy of the role asks for one.')}
        </>
      )}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Back
        </button>
        <button type="submit" className="button primary" disabled={name === ''}>
          Create
        </button>
      </footer>
    </form>
  );
}
