// Before the first run: makes sure that there is an engine, downloading the pinned one with its progress in words.
import { downloadEngine } from './engine/download-engine.ts';
import { EngineFailure } from './engine/engine-types.ts';
import { findEngines } from './engine/find-engine.ts';

const megabyte = 1024 * 1024;

/** Says on stderr what it does. Offline, the server starts all the same: everything but plans and applies works. */
export async function fetchEngine(dataDir: string): Promise<void> {
  const say = (line: string) => console.error(line);
  try {
    if ((await findEngines({ dataDir })).length > 0) return;
    say('No terraform or tofu on PATH: downloading OpenTofu, once.');
    let said = 0;
    const engine = await downloadEngine({
      dataDir,
      onProgress({ received, total }) {
        const percent = total > 0 ? Math.floor((received / total) * 100) : 0;
        if (percent < said + 10) return;
        said = percent;
        say(`  ${percent}% of ${Math.round(total / megabyte)} MB`);
      },
    });
    say(`OpenTofu ${engine.version} is ready, its checksum verified.`);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const { message, detail, hint } = error.error;
    say(
      [message, detail, hint, 'Plumbline starts all the same; plans and applies need an engine.']
        .filter(Boolean)
        .join('\n'),
    );
  }
}
