import { IconFocus2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { mayDo, reachedBy } from '../../../schemas/rules/reach.ts';
import { toggleLens } from '../../actions/lens.ts';
import { shortcutText } from '../../actions/shortcut.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { AccessSearch } from './AccessSearch.tsx';
import { AccessTable } from './AccessTable.tsx';
import { matches, pathRows, toRows } from './access-rows.ts';
import { EffectivePolicyView } from './EffectivePolicyView.tsx';
import { useNames, useReach } from './use-reach.ts';

/** Everything that a box may do and through which line, and everyone who can reach it and how. */
export function NodeAccess({ node }: { node: GraphNode }) {
  const reaches = useReach();
  const nameOf = useNames();
  const [search, setSearch] = useState('');
  const [isPolicyOpen, setPolicyOpen] = useState(false);
  const may = useMemo(() => toRows(mayDo(reaches, node.id)), [reaches, node.id]);
  const reached = useMemo(() => pathRows(reachedBy(reaches, node.id)), [reaches, node.id]);
  const found = (rows: typeof may) => rows.filter((row) => matches(row, search, nameOf));
  const who = new Set(reached.map(({ actor }) => actor)).size;
  const isSome = may.length + reached.length > 0;
  const none = search ? 'Nothing here says that.' : undefined;
  return (
    <>
      <div className="access-head">
        {isSome && <AccessSearch value={search} onChange={setSearch} />}
        <LensButton />
      </div>
      <Section title={`Who can reach ${node.name}`} aside={plural(who, 'box', 'boxes')}>
        <AccessTable
          label={`Who can reach ${node.name}`}
          rows={found(reached)}
          shows="actor"
          empty={none ?? 'Nobody: no line hands out a permission to it.'}
        />
      </Section>
      <Section title={`What ${node.name} may do`} aside={plural(countActions(may), 'action')}>
        <AccessTable
          label={`What ${node.name} may do`}
          rows={found(may)}
          shows="target"
          empty={none ?? 'Nothing to other boxes: no line gives it a permission.'}
        />
      </Section>
      {may.length > 0 && (
        <details className="fold" onToggle={(event) => setPolicyOpen(event.currentTarget.open)}>
          <summary>As IAM policies</summary>
          {isPolicyOpen && <EffectivePolicyView node={node.id} name={node.name} />}
        </details>
      )}
    </>
  );
}

const countActions = (rows: readonly { actions: string[] }[]) => new Set(rows.flatMap(({ actions }) => actions)).size;

function LensButton() {
  const workspace = useWorkspace();
  const isOn = useSession((state) => state.lens !== undefined);
  return (
    <button
      type="button"
      className="button small"
      aria-pressed={isOn}
      title={shortcutText(toggleLens.shortcut ?? '')}
      onClick={() => void toggleLens.perform(workspace)}
    >
      <IconFocus2 size={14} stroke={1.75} aria-hidden />
      Lens
    </button>
  );
}
