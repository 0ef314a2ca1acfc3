import type { EngineKind, EnvironmentChange } from '../../schemas/generated/types.ts';
import { ENGINE_NAME } from '../../schemas/rules/engines.ts';
import { describeFailure } from '../api/failure.ts';
import type { Workspace } from '../stores/workspace.ts';
import { notifyNote, notifyProblem } from '../ui/notify.tsx';

/** Asks the server to change the environment itself; its answer comes as an event. Returns whether it did. */
export async function changeEnvironment(workspace: Workspace, change: EnvironmentChange): Promise<boolean> {
  try {
    await workspace.environment.change(change);
    return true;
  } catch (error) {
    notifyProblem('The environment was not changed.', describeFailure(error));
    return false;
  }
}

/** Moves the environment to the other engine, and says what that rewrote. Returns whether it did. */
export async function switchEngine(workspace: Workspace, engine: EngineKind): Promise<boolean> {
  try {
    const { nodes } = await workspace.environment.switchEngine(engine);
    const states = nodes.length === 0 ? 'No state had to be rewritten.' : `Rewrote the state of ${nodes.join(', ')}.`;
    notifyNote(`${ENGINE_NAME[engine]} plans and applies now`, states);
    return true;
  } catch (error) {
    notifyProblem('The engine was not switched.', describeFailure(error));
    return false;
  }
}
