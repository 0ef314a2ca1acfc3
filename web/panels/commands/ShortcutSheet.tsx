import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { ACTION_GROUPS, type Action } from '../../actions/action.ts';
import { selectNothing } from '../../actions/edit.ts';
import { ACTIONS } from '../../actions/registry.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { Keys } from './Keys.tsx';

const GESTURES: readonly [keys: string, what: string][] = [
  ['Drag', 'Select what a rectangle touches'],
  ['Shift and click', 'Add to the selection'],
  ['Space and drag', 'Move the view'],
  ['Alt and drag', 'Drag out copies'],
  ['Alt while dragging', 'Do not snap'],
  ['Double-click', 'Rename a box'],
];

/** Escape ends one thing after the other, which one row says. */
const isListed = ({ id, shortcut }: Action) =>
  shortcut !== undefined && (shortcut !== 'escape' || id === selectNothing.id);

const SECTIONS = ACTION_GROUPS.map((group) => ({
  group,
  actions: ACTIONS.filter((action) => action.group === group && isListed(action)),
})).filter(({ actions }) => actions.length > 0);

/** Every key and gesture on one page. */
export function ShortcutSheet() {
  const { session } = useWorkspace();
  const isOpen = useSession((state) => state.dialog === 'shortcuts');
  return (
    <Modal
      opened={isOpen}
      onClose={() => session.setState({ dialog: undefined })}
      title="Keyboard shortcuts"
      size={940}
      className="sheet"
    >
      <div className="sheet-columns">
        {SECTIONS.map(({ group, actions }) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {actions.map((action) => (
                <Row key={action.id} action={action} />
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="With the mouse">
          <h3>With the mouse</h3>
          <dl>
            {GESTURES.map(([keys, what]) => (
              <div key={keys}>
                <dt>{what}</dt>
                <dd>{keys}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Row({ action }: { action: Action }) {
  return (
    <div>
      <dt>{action.label}</dt>
      <dd>
        {action.shortcut?.split(' ').map((way, index) => (
          <Fragment key={way}>
            {index > 0 && <span className="sheet-or">or</span>}
            <Keys shortcut={way} />
          </Fragment>
        ))}
      </dd>
    </div>
  );
}
