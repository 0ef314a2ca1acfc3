import { IconTrash } from '@tabler/icons-react';
import { type ComponentProps, memo } from 'react';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { deleteSelection } from '../../actions/edit.ts';
import { badgeOf } from '../../stores/run-view.ts';
import type { NodeTab } from '../../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleGlyph } from '../../ui/ModuleIcon.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { GroupCrumb } from './GroupCrumb.tsx';
import { IssueNotices } from './IssueNotices.tsx';
import { NodeAccess } from './NodeAccess.tsx';
import { NodeJson } from './NodeJson.tsx';
import { NodeLines } from './NodeLines.tsx';
import { NodePlan } from './NodePlan.tsx';
import { NodeRunbook } from './NodeRunbook.tsx';
import { NodeRuns } from './NodeRuns.tsx';
import { NodeSettings } from './NodeSettings.tsx';

/** What is typed stands in its field at once; the panel around it follows when that has been painted. */
export function NodePanel({ id }: { id: string }) {
  const latest = useDocument((state) => state.nodes[id]);
  const node = useAfterPaint(latest);
  return latest && node ? <AboutNode node={node} /> : null;
}

const AboutNode = memo(function AboutNode({ node }: { node: GraphNode }) {
  const workspace = useWorkspace();
  const { id } = node;
  const tab = useSession((state) => state.nodeTab);
  const run = useRun((state) => state.run);
  const step = useRun((state) => state.steps[id] ?? state.steps[`~${id}`]);
  const detail = workspace.library.module(node.module);
  const badge = badgeOf(run, step);
  const tabs: ComponentProps<typeof Tabs<NodeTab>>['tabs'] = [
    { id: 'settings', label: 'Settings' },
    { id: 'lines', label: 'Lines' },
    { id: 'access', label: 'Access' },
    { id: 'plan', label: 'Plan', mark: badge && { sign: badge.sign, action: badge.action } },
    { id: 'runs', label: 'Runs' },
    { id: 'runbook', label: 'Runbook' },
    { id: 'json', label: 'JSON' },
  ];
  return (
    <>
      <GroupCrumb node={id} />
      <header className="inspector-head">
        <h2>
          <span className="glyph" style={{ color: `var(--${detail?.manifest.family ?? 'identity'})` }}>
            <ModuleGlyph svg={detail?.icon} size={18} />
          </span>
          <span className="clip">{node.name}</span>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Delete box"
          onClick={() => void deleteSelection.perform(workspace)}
        >
          <IconTrash size={16} stroke={1.75} />
        </button>
      </header>
      <Tabs
        label={`About ${node.name}`}
        tabs={tabs}
        value={tab}
        onChange={(nodeTab) => workspace.session.setState({ nodeTab })}
      />
      <div className="inspector-body" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        <IssueNotices node={id} />
        {tab === 'settings' && <NodeSettings node={node} />}
        {tab === 'lines' && <NodeLines node={node} />}
        {tab === 'access' && <NodeAccess node={node} />}
        {tab === 'plan' && <NodePlan node={node} />}
        {tab === 'runs' && <NodeRuns id={id} />}
        {tab === 'runbook' && <NodeRunbook node={node} text={detail?.runbook ?? ''} />}
        {tab === 'json' && <NodeJson node={node} />}
      </div>
    </>
  );
});
