import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { describeFailure } from '../api/failure.ts';
import { routeTo } from '../stores/route.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Notice } from '../ui/Notice.tsx';

const FIRST = 'development';

/** A project comes with a first environment on the sandbox, so that there is a canvas to open. */
export function CreateProject({ refreshProjects }: { refreshProjects(): Promise<void> }) {
  const { api, session } = useWorkspace();
  const isOpen = useSession((state) => state.dialog === 'create-project');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const close = () => session.setState({ dialog: undefined });
  const create = async () => {
    try {
      await api.createProject(name);
      await api.createEnvironment(name, { name: FIRST, class: 'development', target: { kind: 'sandbox' } });
      await refreshProjects();
      close();
      window.location.hash = routeTo({ project: name, environment: FIRST });
    } catch (error) {
      setProblem(describeFailure(error));
    }
  };
  return (
    <Modal opened={isOpen} onClose={close} title="New project" size={420}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <TextInput
          label="Name"
          description="It begins with a development environment on the sandbox."
          value={name}
          onChange={(event) => setName(event.currentTarget.value.toLowerCase())}
          data-autofocus
        />
        {problem && <Notice tone="bad">{problem}</Notice>}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            Back
          </button>
          <button type="submit" className="button primary" disabled={name === ''}>
            Create
          </button>
        </footer>
      </form>
    </Modal>
  );
}
