import { Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import type { Project } from '../../schemas/generated/types.ts';
import { routeTo } from '../stores/route.ts';
import { useRun, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';

export function EnvironmentSwitcher({ projects }: { projects: readonly Project[] }) {
  const { scope, session } = useWorkspace();
  const environment = useRun((state) => state.environment);
  const environments = projects.find((project) => project.name === scope.project)?.environments ?? [];
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button
          type="button"
          className="switcher"
          aria-label={`Environment ${scope.environment}, ${environment.class}`}
        >
          <span className="dot" data-class={environment.class} />
          <strong>{scope.environment}</strong>
          <IconChevronDown size={15} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Environments of {scope.project}</Menu.Label>
        {environments.map(({ document, nodes }) => (
          <Menu.Item
            key={document.name}
            leftSection={<span className="dot" data-class={document.class} />}
            rightSection={<span className="quiet">{plural(nodes, 'box', 'boxes')}</span>}
            aria-current={document.name === scope.environment || undefined}
            onClick={() => {
              window.location.hash = routeTo({ project: scope.project, environment: document.name });
            }}
          >
            {document.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.75} />}
          onClick={() => session.setState({ dialog: 'create-environment' })}
        >
          New environment
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
