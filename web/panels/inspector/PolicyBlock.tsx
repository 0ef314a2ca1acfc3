import type { PolicyStatement } from '../../../schemas/generated/types.ts';
import { actionWords } from '../../../schemas/rules/action-words.ts';
import { actionsOf, groupByResource } from './policy-lines.ts';

interface Props {
  statements: readonly PolicyStatement[];
  /** Actions that do not stand yet in applied state. */
  added?: readonly string[];
  nameOf?(connection: string): string | undefined;
}

const IDENTITY: Record<PolicyStatement['identity'], string | undefined> = {
  workload: undefined,
  injector: 'for the role that injects secrets',
  resource: 'on the resource itself',
};

/** IAM statements as they will stand, each action with the grant that it comes from. */
export function PolicyBlock({ statements, added = [], nameOf }: Props) {
  return groupByResource(statements).map((group) => {
    const [first] = group;
    if (!first) return null;
    const note = IDENTITY[first.identity];
    const actions = actionsOf(group);
    const source = nameOf?.(first.connection);
    return (
      <div className="policy" key={`${first.connection}${first.grant}${first.resources.join()}`}>
        {(note || source) && <div className="policy-note">{[source, note].filter(Boolean).join(', ')}</div>}
        {first.principal && (
          <div>
            <b>"Principal"</b>: <i>{first.principal}</i>
          </div>
        )}
        <div>
          <b>"Action"</b>: [
        </div>
        <div className="policy-actions">
          {actions.map(({ action, grants }) => (
            <div key={action} data-new={added.includes(action) || undefined}>
              <code>"{action}"</code>
              <span>{grants.filter(Boolean).join(', ')}</span>
              <p>{actionWords(action)}</p>
            </div>
          ))}
        </div>
        <div>],</div>
        {first.resources.map((resource) => (
          <div key={resource} className="policy-resource">
            <b>"Resource"</b>: <i>{resource}</i>
          </div>
        ))}
        {first.conditions && (
          <div className="policy-resource">
            <b>"Condition"</b>: <i>{JSON.stringify(first.conditions)}</i>
          </div>
        )}
        {first.reason && <div className="policy-note">{first.reason}</div>}
      </div>
    );
  });
}
