import { IconStack2 } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import type { Group } from '../../../schemas/generated/types.ts';
import type { Action } from '../../actions/action.ts';
import {
  deleteGroupWithContent,
  enterGroup,
  renameGroup,
  selectInGroup,
  setGroups,
  toggleCollapsed,
  ungroup,
} from '../../actions/groups.ts';
import { shortcutText } from '../../actions/shortcut.ts';
import { COLORS } from '../../canvas/groups/ColorItems.tsx';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeName } from './NodeName.tsx';
import { TextRow } from './TextRow.tsx';

/** More would be a list that nobody reads, and slow to draw. */
const MOST_ROWS = 100;

/** One group: how it is called and coloured, what can be done with it, and its boxes. */
export function GroupPanel({ id }: { id: string }) {
  const workspace = useWorkspace();
  const { session } = workspace;
  const group = useDocument((state) => state.groups[id]);
  const boxes = useDocument(
    useShallow(({ members, nodes }) => Object.keys(members).filter((node) => members[node] === id && node in nodes)),
  );
  if (!group) return null;
  return (
    <>
      <header className="inspector-head" data-color={group.color}>
        <IconStack2 size={17} stroke={1.75} color="var(--tint)" aria-hidden />
        <h2>
          <span className="clip">{group.title}</span>
        </h2>
      </header>
      <div className="inspector-body">
        <Section title="Group">
          <TextRow
            label="Title"
            value={group.title}
            lacking="A group needs a title."
            onKeep={(title) => renameGroup(workspace, id, title)}
          />
          <ColorField id={id} value={group.color} />
        </Section>
        <Section title="Boxes" aside={boxes.length}>
          {boxes.slice(0, MOST_ROWS).map((node) => (
            <button
              type="button"
              className="row-button"
              key={node}
              title="Show it on the canvas"
              onClick={() => session.setState({ reveal: { node } })}
            >
              <NodeName id={node} />
            </button>
          ))}
          {boxes.length > MOST_ROWS && <Quiet>And {boxes.length - MOST_ROWS} more, inside the group.</Quiet>}
        </Section>
        <Section title="What can be done">
          <Quiet>
            Deleting takes the boxes and their lines along; ungrouping keeps them. Undo brings everything back.
          </Quiet>
          <div className="group-actions">
            <ActionButton action={toggleCollapsed} label={group.collapsed ? 'Expand' : 'Collapse'} />
            {[enterGroup, selectInGroup, ungroup].map((action) => (
              <ActionButton key={action.id} action={action} label={action.label} />
            ))}
            <ActionButton action={deleteGroupWithContent} label={deleteGroupWithContent.label} isDanger />
          </div>
        </Section>
      </div>
    </>
  );
}

function ColorField({ id, value }: { id: string; value: Group['color'] }) {
  const workspace = useWorkspace();
  return (
    <fieldset className="color-field">
      <legend>Colour</legend>
      {COLORS.map((color) => (
        <label key={color} className="color-item" data-color={color} title={color}>
          <input
            type="radio"
            name="group-colour"
            aria-label={color}
            checked={color === value}
            onChange={() => setGroups(workspace, [id], { color }, 'change colour of group')}
          />
        </label>
      ))}
    </fieldset>
  );
}

function ActionButton({ action, label, isDanger = false }: { action: Action; label: string; isDanger?: boolean }) {
  const workspace = useWorkspace();
  return (
    <button
      type="button"
      className={isDanger ? 'button danger' : 'button'}
      title={action.shortcut && shortcutText(action.shortcut)}
      onClick={() => void action.perform(workspace)}
    >
      {label}
    </button>
  );
}
