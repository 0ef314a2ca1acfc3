import { Menu } from '@mantine/core';
import { Fragment, type Ref, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Position } from '../../../schemas/generated/types.ts';
import { ACTION_GROUPS, type Action } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/registry.ts';
import { shortcutText } from '../../actions/shortcut.ts';
import { currentElement } from '../../actions/walk.ts';
import type { MenuTarget } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';

const NAMES: Readonly<Record<MenuTarget, string>> = {
  box: 'Box',
  selection: 'Selection',
  line: 'Line',
  group: 'Group',
  note: 'Note',
  canvas: 'Canvas',
};

const SECTIONS = new Map(
  (Object.keys(NAMES) as MenuTarget[]).map((target) => [
    target,
    ACTION_GROUPS.map((group) => ACTIONS.filter((one) => one.group === group && one.menus?.includes(target))).filter(
      (section) => section.length > 0,
    ),
  ]),
);

/** What can be done with the thing that was pointed at, or that the keyboard stands on. */
export function ContextMenu() {
  const workspace = useWorkspace();
  const { session } = workspace;
  const menu = useSession((state) => state.menu);
  const close = () => {
    flushSync(() => session.setState({ menu: undefined }));
    const element = currentElement(workspace);
    if (element) session.getState().view?.focus(element);
  };
  const run = (action: Action) => {
    // First, so that a command may take the keyboard that the menu gives back.
    close();
    void action.perform(workspace);
  };
  if (!menu) return null;
  return (
    <Menu
      key={`${menu.at.x}/${menu.at.y}`}
      opened
      onClose={close}
      closeOnItemClick={false}
      // Its own way of taking the keyboard is a moment too late for keys pressed in haste: they closed the menu, and moved boxes.
      trapFocus={false}
      position="bottom-start"
      offset={2}
      width={250}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Anchor at={menu.at} />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={NAMES[menu.target]}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key !== 'Tab') return;
          event.preventDefault();
          close();
        }}
      >
        <Items target={menu.target} run={run} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where the menu opens. Nothing that could be pressed, so that it takes none of the states that the menu would give it. */
function Anchor({ at, ref }: { at: Position; ref?: Ref<HTMLSpanElement> }) {
  return <span ref={ref} className="menu-anchor" style={{ left: at.x, top: at.y }} />;
}

function Items({ target, run }: { target: MenuTarget; run(action: Action): void }) {
  const workspace = useWorkspace();
  const items = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => items.current?.querySelector<HTMLElement>('button:enabled')?.focus({ preventScroll: true }),
    [],
  );
  return (
    <div ref={items} role="presentation">
      {SECTIONS.get(target)?.map((section, index) => (
        <Fragment key={section[0]?.id}>
          {index > 0 && <Menu.Divider />}
          {section.map((action) => (
            <Menu.Item
              key={action.id}
              disabled={!action.isEnabled(workspace)}
              rightSection={action.shortcut && <span className="menu-keys">{shortcutText(action.shortcut)}</span>}
              onClick={() => run(action)}
            >
              {action.label}
            </Menu.Item>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
