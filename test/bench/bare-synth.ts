// The same stacks in one plain cdktf App: what the product's synth is measured against.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { rootFrame } from '../../modules/construct/frame.ts';
import type { ModuleImplementation } from '../../modules/construct/index.ts';
import { writeOutputs } from '../../modules/construct/outputs.ts';
import { createRootBuilder } from '../../modules/construct/root-builder.ts';
import { createScope, type ModuleTask } from '../../modules/construct/scope.ts';
import { type Sample, sample } from './measure.ts';

/** Builds every stack in one App and synthesizes it; `synth` is `app.synth()` alone. */
export async function bareSynth(
  tasks: readonly (ModuleTask & { build: ModuleImplementation })[],
): Promise<{ whole: Sample; synth: Sample }> {
  const outdir = mkdtempSync(join(tmpdir(), 'plumbline-synth-'));
  try {
    let synth: Sample = { seconds: 0 };
    const whole = await sample(async () => {
      // The provider block below is an override, which cdktf's own validation does not see.
      const app = new App({ outdir, skipValidation: true });
      for (const task of tasks) {
        const builder = createRootBuilder(new TerraformStack(app, task.node.id));
        for (const [block, body] of Object.entries(rootFrame(task.environment, task.node)))
          builder.stack.addOverride(block, body);
        writeOutputs(builder, task.manifest, task.build(createScope(builder, task)), task.findContract);
      }
      synth = await sample(() => app.synth());
    });
    return { whole, synth };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
