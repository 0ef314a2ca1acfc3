import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Project } from '../../schemas/generated/types.ts';
import { routeTo } from '../stores/route.ts';
import { useWorkspace } from '../stores/use-workspace.ts';

export function ProjectSwitcher({ projects }: { projects: readonly Project[] }) {
  const { scope, session } = useWorkspace();
  const open = (project: Project) => {
    const environment = project.environments[0]?.document.name;
    if (environment) window.location.hash = routeTo({ project: project.name, environment });
  };
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button type="button" className="crumb" aria-label={`Project ${scope.project}`}>
          {scope.project}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Projects</Menu.Label>
        {projects.map((project) => (
          <Menu.Item
            key={project.name}
            disabled={project.environments.length === 0}
            aria-current={project.name === scope.project || undefined}
            rightSection={<span className="quiet">{project.environments.length}</span>}
            onClick={() => open(project)}
          >
            {project.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.75} />}
          onClick={() => session.setState({ dialog: 'create-project' })}
        >
          New project
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
