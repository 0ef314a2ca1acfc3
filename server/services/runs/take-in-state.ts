// Takes in a state that could not be handed over.
import { collectErroredState } from '../../engine/orphans.ts';
import { isNewerState } from '../../engine/state-file.ts';
import type { RunDeps } from './session.ts';

/** Takes in the state that an engine left in its folder because it could not hand it over. A broken file stays and is logged. */
export async function takeInState(
  deps: RunDeps,
  from: { dir: string; environment: string; node: string; run: string },
): Promise<void> {
  const scope = { environment: from.environment, node: from.node };
  try {
    await collectErroredState(from.dir, async (state) => {
      if (isNewerState(state, await deps.store.states.read(scope)))
        await deps.store.states.write(scope, state, from.run);
    });
  } catch (error) {
    deps.log('error', 'a state that an engine left behind could not be taken in', { ...scope, error: String(error) });
  }
}
