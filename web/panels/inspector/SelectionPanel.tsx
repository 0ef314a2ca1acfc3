import {
  type Icon,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
} from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import { ARRANGE_ACTIONS } from '../../actions/arrange.ts';
import { deleteSelection } from '../../actions/edit.ts';
import { shortcutText } from '../../actions/shortcut.ts';
import { type Selection, select } from '../../stores/session.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { ModuleGlyph } from '../../ui/ModuleIcon.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { SharedSettings } from './SharedSettings.tsx';

/** Several things at once: what they are, where they stand, and settings of boxes of one module. */
export function SelectionPanel({ selection }: { selection: Selection }) {
  const workspace = useWorkspace();
  const parts = [
    plural(selection.nodes.length, 'box', 'boxes'),
    plural(selection.connections.length, 'line'),
    plural(selection.groups.length, 'group'),
    plural(selection.notes.length, 'note'),
  ].filter((part) => !part.startsWith('0 '));
  return (
    <>
      <header className="inspector-head">
        <h2>{parts.join(', ')} selected</h2>
      </header>
      <div className="inspector-body">
        {selection.nodes.length > 0 && <Modules ids={selection.nodes} />}
        {selection.nodes.length > 1 && <Arrange />}
        {selection.nodes.length > 1 && <SharedSettings ids={selection.nodes} />}
        <Section title="Together">
          <Quiet>Delete takes the lines of deleted boxes with them. Undo brings everything back.</Quiet>
          <button type="button" className="button danger" onClick={() => void deleteSelection.perform(workspace)}>
            Delete {parts.join(', ')}
          </button>
        </Section>
      </div>
    </>
  );
}

/** How many boxes of each module; a click keeps only those selected. */
function Modules({ ids }: { ids: readonly string[] }) {
  const { session, library } = useWorkspace();
  const modules = useDocument(useShallow((state) => ids.map((id) => state.nodes[id]?.module ?? '')));
  const byModule = new Map<string, string[]>();
  ids.forEach((id, at) => {
    const module = modules[at] ?? '';
    byModule.set(module, [...(byModule.get(module) ?? []), id]);
  });
  const sorted = [...byModule].sort(([, a], [, b]) => b.length - a.length);
  return (
    <Section title="Boxes" aside={plural(byModule.size, 'module')}>
      {sorted.map(([module, members]) => {
        const detail = library.module(module);
        return (
          <button
            type="button"
            className="row-button"
            key={module}
            title="Select only these"
            onClick={() => select(session, { nodes: members })}
          >
            <span className="node-name" style={{ color: `var(--${detail?.manifest.family ?? 'identity'})` }}>
              <ModuleGlyph svg={detail?.icon} size={16} />
              <strong>{detail?.manifest.title ?? module}</strong>
            </span>
            <span className="number">{members.length}</span>
          </button>
        );
      })}
    </Section>
  );
}

const ICONS: Readonly<Record<string, Icon>> = {
  'align-left': IconLayoutAlignLeft,
  'align-centre': IconLayoutAlignCenter,
  'align-right': IconLayoutAlignRight,
  'align-top': IconLayoutAlignTop,
  'align-middle': IconLayoutAlignMiddle,
  'align-bottom': IconLayoutAlignBottom,
  'distribute-x': IconLayoutDistributeHorizontal,
  'distribute-y': IconLayoutDistributeVertical,
};

function Arrange() {
  const workspace = useWorkspace();
  return (
    <Section title="Arrange">
      <div className="arrange">
        {ARRANGE_ACTIONS.map((action) => {
          const ActionIcon = ICONS[action.id];
          if (!ActionIcon) return null;
          return (
            <button
              key={action.id}
              type="button"
              className="icon-button"
              aria-label={action.label}
              title={`${action.label} (${shortcutText(action.shortcut ?? '')})`}
              disabled={!action.isEnabled(workspace)}
              onClick={() => void action.perform(workspace)}
            >
              <ActionIcon size={17} stroke={1.75} aria-hidden />
            </button>
          );
        })}
      </div>
    </Section>
  );
}
