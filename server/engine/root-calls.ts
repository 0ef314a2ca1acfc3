// The four calls on a Terraform root: init, plan, show, apply.
import type { RootCall } from './engine-types.ts';
import type { PlanJson } from './plan-changes.ts';

export interface PlanCall extends RootCall {
  /** Name of the saved plan's file in the root's folder. It holds secrets: seal it and delete it. */
  out: string;
  destroy?: boolean;
  /** false = do not ask the cloud what is there. */
  refresh?: boolean;
}

/** Writes the root as `main.tf.json` into `dir` (made 0700), replacing what was there. */
export async function writeRoot(_dir: string, _root: Record<string, unknown>): Promise<void> {
  throw new Error('not yet');
}

/** `init`, skipped (false) where the folder is initialised for the same providers and engine. @throws EngineFailure */
export async function initRoot(_call: RootCall): Promise<boolean> {
  throw new Error('not yet');
}

/** `plan -out` and `show -json`. `planJson` holds secrets: keep it in memory. @throws EngineFailure */
export async function planRoot(_call: PlanCall): Promise<{ planJson: PlanJson; hasChanges: boolean }> {
  throw new Error('not yet');
}

/** `show -json` of a saved plan. @throws EngineFailure */
export async function showPlan(_call: RootCall & { planFile: string }): Promise<PlanJson> {
  throw new Error('not yet');
}

/** Applies a saved plan as it stands. Outputs are in the state that was stored, see `readState`. @throws EngineFailure */
export async function applyRoot(_call: RootCall & { planFile: string }): Promise<void> {
  throw new Error('not yet');
}
