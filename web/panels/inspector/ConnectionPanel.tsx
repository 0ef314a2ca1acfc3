import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import { deleteSelection } from '../../actions/edit.ts';
import type { ConnectionTab } from '../../stores/session.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { useFetched } from '../../ui/use-fetched.ts';
import { ConnectionContract } from './ConnectionContract.tsx';
import { ConnectionGrants } from './ConnectionGrants.tsx';
import { ConnectionPolicy } from './ConnectionPolicy.tsx';
import { ConnectionReach } from './ConnectionReach.tsx';
import { ConnectionVariables } from './ConnectionVariables.tsx';
import { EffectivePolicyView } from './EffectivePolicyView.tsx';
import { IssueNotices } from './IssueNotices.tsx';
import { useSavedKey } from './use-saved-key.ts';

const TABS: readonly { id: ConnectionTab; label: string }[] = [
  { id: 'grants', label: 'Grants' },
  { id: 'policy', label: 'Access policy' },
  { id: 'contract', label: 'Contract' },
];

export function ConnectionPanel({ id }: { id: string }) {
  const workspace = useWorkspace();
  const line = useDocument((state) => state.connections[id]);
  const from = useDocument((state) => (line ? state.nodes[line.from.node] : undefined));
  const to = useDocument((state) => (line ? state.nodes[line.to.node] : undefined));
  const tab = useSession((state) => state.connectionTab);
  const savedKey = useSavedKey();
  const detail = useFetched(id, savedKey, async () => {
    // A line that was drawn a moment ago is not on the server yet.
    await workspace.sync.flush();
    return workspace.environment.connection(id);
  });
  if (!line || !from || !to) return null;

  return (
    <>
      <header className="inspector-head">
        <h2>
          {from.name}
          <IconArrowRight size={15} stroke={1.75} aria-label="to" />
          {to.name}
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Delete line"
          onClick={() => void deleteSelection.perform(workspace)}
        >
          <IconTrash size={16} stroke={1.75} />
        </button>
      </header>
      <Tabs
        label="About this line"
        tabs={TABS}
        value={tab}
        onChange={(next) => workspace.session.setState({ connectionTab: next })}
      />
      <div className="inspector-body" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        <IssueNotices connection={id} />
        {tab === 'grants' && (
          <>
            <ConnectionGrants line={line} consumer={to} />
            <ConnectionPolicy line={line} detail={detail} />
            <ConnectionVariables line={line} detail={detail} />
            <ConnectionReach line={line} producer={from} />
          </>
        )}
        {tab === 'policy' && <EffectivePolicyView node={to.id} name={to.name} highlight={id} />}
        {tab === 'contract' && <ConnectionContract line={line} />}
      </div>
    </>
  );
}
