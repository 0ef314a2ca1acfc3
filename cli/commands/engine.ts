// `env engine`: which engine an environment has, and the switch to the other one.
import { type Command, InvalidArgumentError } from 'commander';
import type {
  EngineChoice,
  EngineKind,
  EngineSwitched,
  EnvironmentSummary,
  Health,
} from '../../schemas/generated/types.ts';
import { ENGINE_NAME } from '../../schemas/rules/engines.ts';
import type { Api } from '../client/api.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { printPairs } from '../output/table.ts';
import { plain } from '../terminal.ts';

const NAMES: Record<string, EngineKind> = { terraform: 'terraform', opentofu: 'tofu', tofu: 'tofu' };

/** Reads an engine's name as people write it. @throws InvalidArgumentError */
export function engineKind(text: string): EngineKind {
  const kind = NAMES[text.toLowerCase()];
  if (kind) return kind;
  throw new InvalidArgumentError('Write terraform or opentofu.');
}

async function show(context: Context, api: Api, ref: string): Promise<void> {
  const { document } = await api.get<EnvironmentSummary>(refPath(parseRef(ref)));
  const { engines } = await api.get<Health>('health');
  print(context, { engine: document.engine, found: engines }, () =>
    printPairs(context.terminal, {
      engine: ENGINE_NAME[document.engine],
      'on this machine': engines.map(({ kind, version }) => `${ENGINE_NAME[kind]} ${version}`).join(', ') || 'none',
    }),
  );
}

function words(ref: string, { from, to, nodes }: EngineSwitched): string {
  const states =
    nodes.length === 0
      ? 'No state had to be rewritten.'
      : `The provider's address was rewritten in ${nodes.length === 1 ? 'the state' : 'the states'} of ${nodes.join(', ')}.`;
  const head =
    from === to ? `${ref} has ${ENGINE_NAME[to]} already.` : `${ref} is planned with ${ENGINE_NAME[to]} now.`;
  return `${head} ${states} Nothing in the cloud was changed.`;
}

/** Adds `env engine <project/env> [engine]`. */
export function addEngineCommand(env: Command, context: Context): void {
  addCommand(
    env,
    'engine',
    "show the engine of an environment, or switch it: rewrites the provider's address in every state",
  )
    .argument('<project/env>')
    .argument('[engine]', 'terraform or opentofu', engineKind)
    .action((ref: string, engine: EngineKind | undefined) =>
      withServer(context, async (api) => {
        if (!engine) return show(context, api, ref);
        const body: EngineChoice = { engine };
        const switched = await api.send<EngineSwitched>('POST', `${refPath(parseRef(ref))}/engine`, body);
        print(context, switched, () => context.terminal.out(plain(words(ref, switched))));
      }),
    );
}
