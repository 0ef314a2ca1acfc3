import { Menu, Tooltip } from '@mantine/core';
import {
  IconBrandAws,
  IconCheck,
  IconDeviceDesktop,
  IconFlask,
  IconListSearch,
  IconMoon,
  IconPlugConnected,
  IconSun,
} from '@tabler/icons-react';
import type { Project } from '../../schemas/generated/types.ts';
import type { Action } from '../actions/action.ts';
import { openReview, planChanges } from '../actions/runs.ts';
import { shortcutText } from '../actions/shortcut.ts';
import { canApply, isRunning } from '../stores/run-view.ts';
import type { ThemeChoice } from '../stores/session.ts';
import { useDocument, useRun, useSession, useSync, useWorkspace } from '../stores/use-workspace.ts';
import { Mark } from '../ui/Mark.tsx';
import { CommandField } from './commands/CommandField.tsx';
import { EnvironmentSwitcher } from './EnvironmentSwitcher.tsx';
import { PaneSwitch } from './PaneSwitch.tsx';
import { People } from './People.tsx';
import { ProjectSwitcher } from './ProjectSwitcher.tsx';
import { SaveMark } from './SaveMark.tsx';
import { ToldMenu } from './ToldMenu.tsx';

const TARGET_ICONS = { sandbox: IconFlask, aws: IconBrandAws, 'aws-endpoint': IconPlugConnected };

export function TopBar({ projects }: { projects: readonly Project[] }) {
  const { target } = useRun((state) => state.environment);
  const TargetIcon = TARGET_ICONS[target.kind];
  return (
    <header className="top">
      <h1 className="product">
        <Mark />
        <span>Plumbline</span>
      </h1>
      <span className="slash">/</span>
      <ProjectSwitcher projects={projects} />
      <EnvironmentSwitcher projects={projects} />
      <span className="target" title={target.endpoint ?? `${target.kind} in ${target.region}`}>
        <TargetIcon size={16} stroke={1.75} aria-hidden />
        <span>{target.kind}</span>
      </span>
      <SaveMark />
      <span className="spring" />
      <PaneSwitch />
      <CommandField />
      <People />
      <ToldMenu />
      <ThemeMenu />
      <NextStep />
    </header>
  );
}

const THEMES: { value: ThemeChoice; label: string; icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'system', label: 'As the system', icon: IconDeviceDesktop },
];

function ThemeMenu() {
  const { session } = useWorkspace();
  const choice = useSession((state) => state.theme);
  const Icon = THEMES.find((theme) => theme.value === choice)?.icon ?? IconSun;
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <button type="button" className="icon-button" aria-label={`Theme: ${choice}`}>
          <Icon size={17} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={choice}>
          {THEMES.map((theme) => (
            <Menu.RadioItem
              key={theme.value}
              value={theme.value}
              checkIcon={<IconCheck size={15} stroke={1.75} />}
              closeMenuOnClick
              onChange={() => session.setState({ theme: theme.value })}
            >
              <span className="theme-choice">
                <theme.icon size={15} stroke={1.75} aria-hidden />
                {theme.label}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function ActionButton({ action, label, isPrimary }: { action: Action; label?: string; isPrimary: boolean }) {
  const workspace = useWorkspace();
  const isEnabled = action.isEnabled(workspace);
  const button = (
    <button
      type="button"
      className={isPrimary ? 'button primary' : 'button'}
      aria-disabled={!isEnabled || undefined}
      onClick={() => isEnabled && void action.perform(workspace)}
    >
      {action === planChanges && isPrimary && <IconListSearch size={17} stroke={1.75} aria-hidden />}
      {label ?? action.label}
    </button>
  );
  return action.shortcut ? <Tooltip label={shortcutText(action.shortcut)}>{button}</Tooltip> : button;
}

/** One primary button at any time: what comes next. */
function NextStep() {
  const revision = useSync((state) => state.revision);
  const run = useRun((state) => state.run);
  const isEmpty = useDocument((state) => Object.keys(state.nodes).length === 0);
  const hasRuntime = useRun((state) => Object.keys(state.runtime).length > 0);
  if (isEmpty && !hasRuntime) return null;
  if (canApply(run, revision)) {
    return (
      <>
        <ActionButton action={planChanges} label="Plan again" isPrimary={false} />
        <ActionButton
          action={openReview}
          label={run?.kind === 'destroy' ? 'Review and destroy' : undefined}
          isPrimary
        />
      </>
    );
  }
  const label = run?.status === 'planning' ? 'Planning' : run?.status === 'applying' ? 'Applying' : 'Plan';
  return <ActionButton action={planChanges} label={label} isPrimary={!isRunning(run)} />;
}
