import { Checkbox } from '@mantine/core';
import { changeEnvironment } from '../../actions/environment.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Section } from '../../ui/Section.tsx';

/** What holds for every box and every run of the environment. */
export function EnvironmentDefaults() {
  const workspace = useWorkspace();
  const { protection, approval, class: environmentClass } = useRun((state) => state.environment);
  return (
    <Section title="Defaults">
      <div className="defaults">
        <Checkbox
          label="Protect boxes that hold data"
          description="Losing data then asks for the name of the box, and the cloud refuses to delete it before."
          checked={protection}
          onChange={(event) => void changeEnvironment(workspace, { protection: event.currentTarget.checked })}
        />
        <Checkbox
          label="Ask before every apply"
          description="Off: whoever runs may approve beforehand."
          checked={approval === 'ask'}
          onChange={(event) =>
            void changeEnvironment(workspace, { approval: event.currentTarget.checked ? 'ask' : 'self' })
          }
        />
        <p className="quiet">New boxes take the preset that their module made for {environmentClass}.</p>
      </div>
    </Section>
  );
}
