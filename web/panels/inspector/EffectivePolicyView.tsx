import type { PolicyStatement } from '../../../schemas/generated/types.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';
import { PolicyBlock } from './PolicyBlock.tsx';
import { useSavedKey } from './use-saved-key.ts';

interface Props {
  node: string;
  name: string;
  /** A line whose statements come first. */
  highlight?: string;
}

/** Everything that a box may do, and through which line. */
export function EffectivePolicyView({ node, name, highlight }: Props) {
  const workspace = useWorkspace();
  const savedKey = useSavedKey();
  const { data, problem } = useFetched(node, savedKey, async () => {
    await workspace.sync.flush();
    return workspace.environment.policy(node);
  });
  const connections = useDocument((state) => state.connections);
  const nodes = useDocument((state) => state.nodes);
  if (problem) return <Notice tone="warn">{problem}</Notice>;
  if (!data) return <Quiet>Asking the server what {name} may do.</Quiet>;

  const sourceOf = (connection: string) => {
    const from = connections[connection]?.from.node;
    return from ? (nodes[from]?.name ?? from) : '';
  };
  const byLine = new Map<string, PolicyStatement[]>();
  for (const statement of data.statements) {
    byLine.set(statement.connection, [...(byLine.get(statement.connection) ?? []), statement]);
  }
  const groups = [...byLine].sort(([a], [b]) => Number(b === highlight) - Number(a === highlight) || (a < b ? -1 : 1));
  const actions = new Set(data.statements.flatMap((statement) => statement.actions));

  return (
    <>
      <Section title={`Everything that ${name} may do`} aside={plural(actions.size, 'action')}>
        {data.statements.length === 0 ? (
          <Quiet>Nothing. It holds no permission of its own, and no line gives it one.</Quiet>
        ) : (
          <Quiet>
            {data.applied.length > 0
              ? `${plural(data.applied.length, 'policy', 'policies')} in applied state; this is how they stand after the next apply.`
              : 'Not applied yet; this is how it will stand.'}
          </Quiet>
        )}
      </Section>
      {groups.map(([connection, statements]) => (
        <Section
          key={connection}
          title={connection === '' ? 'The module itself' : `Through ${sourceOf(connection)}`}
          aside={connection === highlight ? 'this line' : undefined}
        >
          <PolicyBlock statements={statements} />
        </Section>
      ))}
    </>
  );
}
