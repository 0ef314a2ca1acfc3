import type { Run, RunCreate } from '../../schemas/generated/types.ts';
import { describeFailure } from '../api/failure.ts';
import { headOf, showRun, takeLines } from '../stores/run.ts';
import { canApply, isRunning } from '../stores/run-view.ts';
import type { Workspace } from '../stores/workspace.ts';
import { notifyProblem } from '../ui/notify.tsx';
import type { Action } from './action.ts';

const shown = (workspace: Workspace) => workspace.run.store.getState().run;

async function take(workspace: Workspace, what: string, request: () => Promise<Run>): Promise<void> {
  try {
    const run = await request();
    const now = shown(workspace);
    // An event may have brought newer steps of the same run before this answer came.
    if (now?.id === run.id) {
      workspace.run.store.setState({ run: { ...now, ...headOf(run) } });
    } else {
      showRun(workspace.run, run);
      takeLines(workspace.run, run.id, await workspace.api.logs(run.id));
    }
  } catch (error) {
    notifyProblem(what, describeFailure(error));
  }
}

/** Saves what is drawn and plans, in the place of a plan that waits. */
async function begin(workspace: Workspace, body: RunCreate): Promise<void> {
  if (!(await workspace.sync.flush())) {
    const { problem } = workspace.sync.state.getState();
    notifyProblem('The graph is not saved yet, so it was not planned.', problem ?? 'Try again in a moment.');
    return;
  }
  const run = shown(workspace);
  if (run?.status === 'waiting') await take(workspace, 'The old plan stays.', () => workspace.api.cancelRun(run.id));
  workspace.session.setState({ nodeTab: 'plan', logStep: undefined, drawerTab: 'changes' });
  await take(workspace, 'Nothing was planned.', () => workspace.environment.createRun(body));
}

const isDeployed = ({ run }: Workspace) => Object.keys(run.store.getState().runtime).length > 0;

export const planChanges: Action = {
  id: 'plan',
  label: 'Plan',
  group: 'Run',
  shortcut: 'mod+enter',
  inFields: true,
  isEnabled: ({ run }) => !isRunning(run.store.getState().run),
  perform: (workspace) => begin(workspace, { kind: 'plan' }),
};

/** A plan by itself skips boxes that nothing was changed in, and so does not see what others did to them in the cloud. */
export const lookForDrift: Action = {
  id: 'look-for-drift',
  label: 'Plan and look for drift',
  group: 'Run',
  isEnabled: (workspace) => planChanges.isEnabled(workspace) && isDeployed(workspace),
  perform: (workspace) => begin(workspace, { kind: 'plan', refresh: true }),
};

export const openReview: Action = {
  id: 'review',
  label: 'Review and apply',
  group: 'Run',
  shortcut: 'mod+shift+enter',
  isEnabled: ({ run, sync }) => canApply(run.store.getState().run, sync.state.getState().revision),
  perform: ({ session }) => session.setState({ dialog: 'review' }),
};

/** Says yes to the shown change set; `confirm` holds the names typed for data that would be lost. */
export async function applyReviewed(workspace: Workspace, confirm: string[]): Promise<void> {
  const run = shown(workspace);
  if (!run) return;
  workspace.session.setState({ dialog: undefined, isDrawerOpen: true, drawerTab: 'steps', logStep: undefined });
  await take(workspace, 'Nothing was applied.', () => workspace.api.approveRun(run.id, { confirm }));
}

export const cancelRun: Action = {
  id: 'cancel-run',
  label: 'Cancel',
  group: 'Run',
  isEnabled: ({ run }) => isRunning(run.store.getState().run),
  perform: (workspace) => {
    const run = shown(workspace);
    return run ? take(workspace, 'The run goes on.', () => workspace.api.cancelRun(run.id)) : undefined;
  },
};

export const discardPlan: Action = {
  id: 'discard-plan',
  label: 'Discard plan',
  group: 'Run',
  isEnabled: ({ run }) => run.store.getState().run?.status === 'waiting',
  perform: (workspace) => {
    const run = shown(workspace);
    return run ? take(workspace, 'The plan stays.', () => workspace.api.cancelRun(run.id)) : undefined;
  },
};

export const resumeRun: Action = {
  id: 'resume-run',
  label: 'Resume',
  group: 'Run',
  isEnabled: ({ run }) => {
    // A plan that was discarded is planned again rather than resumed.
    const { status, approvedAt } = run.store.getState().run ?? {};
    return status === 'failed' || (status === 'cancelled' && approvedAt !== undefined);
  },
  perform: (workspace) => {
    const run = shown(workspace);
    return run ? take(workspace, 'The run was not resumed.', () => workspace.api.resumeRun(run.id)) : undefined;
  },
};

export const askDestroy: Action = {
  id: 'destroy',
  label: 'Plan to destroy everything',
  group: 'Run',
  isEnabled: (workspace) => planChanges.isEnabled(workspace) && isDeployed(workspace),
  perform: (workspace) => begin(workspace, { kind: 'destroy' }),
};
